package io.searchloop.app.judge;

import io.searchloop.search.relevance.RelevanceModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;

/** A judge made of somebody who says what fits and a simulated shopper. Any thread. */
public final class SimulatedJudge implements Judge {
  private final ToDoubleBiFunction<String, Page> relevance;
  private final GradedShopper shopper;

  private SimulatedJudge(ToDoubleBiFunction<String, Page> relevance, GradedShopper shopper) {
    this.relevance = relevance;
    this.shopper = shopper;
  }

  /** What fits is a model's opinion; it stays the caller's. */
  public static SimulatedJudge of(RelevanceModel model, GradedShopper shopper) {
    return new SimulatedJudge(
        (query, page) ->
            Arrays.stream(model.relevance(query, page.products())).sum() / JudgedPages.SHOWN,
        shopper);
  }

  /** What fits is what people judged. */
  public static SimulatedJudge human(GradedShopper shopper) {
    return new SimulatedJudge(shopper::relevance, shopper);
  }

  @Override
  public List<Optional<Opinion>> judge(String query, List<Page> pages) {
    return pages.stream()
        .map(
            page ->
                Optional.of(
                    shopper.opinion(
                        query, page, Math.min(1, relevance.applyAsDouble(query, page)))))
        .toList();
  }
}

package io.searchloop.app.simulation;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What shoppers want next: train queries in proportion to their popularity. Test queries are never
 * typed. Safe for use by several threads.
 */
public final class QueryChoice {
  private final List<JudgedQuery> queries;
  private final WeightedDraw byPopularity;

  /**
   * @param most queries that are typed at all, the most popular
   */
  public QueryChoice(Dataset dataset, int most) {
    List<JudgedQuery> train = dataset.queries(Split.TRAIN);
    if (train.isEmpty()) {
      throw new IllegalArgumentException(
          "Dataset "
              + dataset.name()
              + " has no train query, expected at least one."
              + " Shoppers type train queries only; add judged queries.");
    }
    this.queries = train.subList(0, Math.min(most, train.size()));
    this.byPopularity =
        new WeightedDraw(queries.stream().mapToDouble(JudgedQuery::popularity).toArray());
  }

  /** What is typed, most popular first. */
  public List<JudgedQuery> queries() {
    return queries;
  }

  JudgedQuery next(RandomGenerator random) {
    return queries.get(byPopularity.next(random));
  }
}

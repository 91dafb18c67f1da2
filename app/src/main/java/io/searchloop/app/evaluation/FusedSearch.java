package io.searchloop.app.evaluation;

import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.WeightedText;
import io.searchloop.search.merging.FusionWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Joins typed query, spelling checker and rewrites in one BM25 query (ADR 0039). A rewrite that
 * only repeats the query leaves typed + spelling checker, the baseline of a learned one. Any
 * thread.
 */
public record FusedSearch(SpellingArm spelling, FusionWeights weights) {

  /** The fused query of a policy's rewrites; none leave typed + spelling checker. */
  public SearchQuery query(String typed, List<String> rewrites) {
    return joined(
        typed, rewrites.stream().map(text -> new WeightedText(text, weights.rewrite())).toList());
  }

  /** Typed text and spelling checker with other parts, each of its own weight. */
  SearchQuery joined(String typed, List<WeightedText> parts) {
    List<WeightedText> additions = new ArrayList<>(parts);
    additions.add(new WeightedText(spelling.rewrite(typed), weights.correction()));
    return new SearchQuery(typed, additions, Combination.UNION);
  }

  /** A rewriting strategy, fused. */
  public Strategy strategy(String name, UnaryOperator<String> rewrite) {
    return new Strategy(
        name,
        Combination.UNION,
        query -> {
          String text = rewrite.apply(query);
          return new RewriteChoice(text, true, query(query, List.of(text)));
        });
  }
}

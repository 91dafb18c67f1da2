package io.searchloop.app.evaluation;

import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.merging.FusionWeights;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Joins typed query, spelling checker and rewrites in one BM25 query (ADR 0039). A rewrite that
 * only repeats the query leaves typed + spelling checker, the baseline of a learned one. Any
 * thread.
 */
public record FusedSearch(SpellingArm spelling, FusionWeights weights) {

  /** A query, corrected, to be joined with rewrites of it. */
  public FusedQuery of(String typed) {
    return new FusedQuery(typed, spelling.rewrite(typed), weights);
  }

  /** A rewriting strategy, fused. */
  public Strategy strategy(String name, UnaryOperator<String> rewrite) {
    return new Strategy(
        name,
        Combination.UNION,
        query -> {
          String text = rewrite.apply(query);
          return new RewriteChoice(text, true, of(query).with(List.of(text)));
        });
  }
}

package io.searchloop.app.evaluation;

import io.searchloop.search.arms.RewriteArm;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.WeightedText;
import io.searchloop.search.merging.Fusion;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.FusedSearch;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A way to search under a name: a policy, and how its rewrite joins the typed query. Used by one
 * thread.
 *
 * @param name of the policy
 * @param mode how the rewrite joins the typed query
 * @param choose what it makes of a query
 */
public record Strategy(String name, Combination mode, Function<String, RewriteChoice> choose) {
  /** Name of the query as typed, the baseline of every figure. */
  public static final String IDENTITY = "identity";

  /** The query as typed. */
  public static Strategy identity() {
    return of(IDENTITY, Combination.UNION, UnaryOperator.identity());
  }

  /** A policy's rewrites, all of them valid, beside the typed query without a spelling checker. */
  public static Strategy of(String name, Combination mode, UnaryOperator<String> rewrite) {
    return of(name, mode, FusionWeights.DEFAULT.rewrite(), rewrite);
  }

  /** The spelling checker beside the typed query: the baseline of a learned rewrite. */
  public static Strategy spelling(String name, Combination mode, RewriteArm checker) {
    return of(name, mode, FusionWeights.DEFAULT.correction(), checker::rewrite);
  }

  private static Strategy of(
      String name, Combination mode, double unionWeight, UnaryOperator<String> rewrite) {
    return new Strategy(
        name,
        mode,
        query -> {
          String text = rewrite.apply(query);
          WeightedText part =
              new WeightedText(
                  text,
                  switch (mode) {
                    case UNION -> unionWeight;
                    case REPLACE -> Fusion.TYPED_TERM_WEIGHT;
                  });
          return new RewriteChoice(text, true, new SearchQuery(query, List.of(part), mode));
        });
  }

  /** A strategy whose rewrites join typed query and spelling checker, as serving joins them. */
  public static Strategy fused(String name, FusedSearch search, UnaryOperator<String> rewrite) {
    return new Strategy(
        name,
        Combination.UNION,
        query -> {
          String text = rewrite.apply(query);
          return new RewriteChoice(text, true, search.of(query).with(List.of(text)));
        });
  }
}

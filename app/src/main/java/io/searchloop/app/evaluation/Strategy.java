package io.searchloop.app.evaluation;

import io.searchloop.search.arms.RewriteArm;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.WeightedText;
import io.searchloop.search.merging.Fusion;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.FusedSearch;
import java.util.List;
import java.util.Optional;
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

  /** Rewrites that are always valid, beside the typed query without a spelling checker. */
  public static Strategy of(String name, Combination mode, UnaryOperator<String> rewrite) {
    return answered(name, mode, query -> Optional.of(rewrite.apply(query)));
  }

  /** A policy's answers beside the typed query without a spelling checker; empty for invalid. */
  public static Strategy answered(
      String name, Combination mode, Function<String, Optional<String>> answers) {
    return of(name, mode, FusionWeights.DEFAULT.rewrite(), answers);
  }

  /** The spelling checker beside the typed query: the baseline of a learned rewrite. */
  public static Strategy spelling(String name, Combination mode, RewriteArm checker) {
    return of(
        name,
        mode,
        FusionWeights.DEFAULT.correction(),
        query -> Optional.of(checker.rewrite(query)));
  }

  private static Strategy of(
      String name,
      Combination mode,
      double unionWeight,
      Function<String, Optional<String>> answers) {
    double weight =
        switch (mode) {
          case UNION -> unionWeight;
          case REPLACE -> Fusion.TYPED_TERM_WEIGHT;
        };
    return new Strategy(
        name,
        mode,
        query -> {
          Optional<String> answer = answers.apply(query);
          String text = answer.orElse(query);
          return new RewriteChoice(
              text,
              answer.isPresent(),
              new SearchQuery(query, List.of(new WeightedText(text, weight)), mode));
        });
  }

  /**
   * A strategy whose answers join typed query and spelling checker, as serving joins them; empty
   * for invalid.
   */
  public static Strategy fused(
      String name, FusedSearch search, Function<String, Optional<String>> answers) {
    return new Strategy(
        name,
        Combination.UNION,
        query -> {
          Optional<String> answer = answers.apply(query);
          String text = answer.orElse(query);
          return new RewriteChoice(text, answer.isPresent(), search.of(query).with(List.of(text)));
        });
  }
}

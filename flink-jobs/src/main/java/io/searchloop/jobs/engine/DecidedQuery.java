package io.searchloop.jobs.engine;

import io.searchloop.schemas.Decision;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.FusedQuery;
import io.searchloop.search.query.ServedQuery;
import java.util.Arrays;
import java.util.Optional;

/**
 * The query of a decision as its worker searched it, read from the record: a reward that searched
 * something else would teach a policy what shoppers never see (ADR 0045). Pure functions; any
 * thread.
 */
final class DecidedQuery {
  /** What a UNION weighed before decisions logged it. */
  private static final FusionWeights UNLOGGED = new FusionWeights(.7, .7, .2);

  private DecidedQuery() {}

  /**
   * What keeps a record from telling its query; empty when it tells, or is from before it could. A
   * REPLACE needs no weights.
   */
  static Optional<String> unreadable(Decision decision) {
    String found = decision.getCombination();
    if (found.isEmpty() || found.equals(Combination.REPLACE.name())) {
      return Optional.empty();
    }
    if (Arrays.stream(Combination.values()).noneMatch(known -> known.name().equals(found))) {
      return Optional.of(
          "combination is '%s', expected one of %s or nothing. Update the job, or the worker."
              .formatted(found, Arrays.toString(Combination.values())));
    }
    try {
      weights(decision);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The query, with its correction.
   *
   * @param unlogged how a rewrite joins the query of a decision from before that was logged; such
   *     queries were not corrected, and a word of a rewrite weighed twice as much
   */
  static ServedQuery of(Decision decision, Combination unlogged) {
    String typed = decision.getQuery();
    if (decision.getCombination().isEmpty()) {
      return new ServedQuery(FusedQuery.uncorrected(typed, UNLOGGED), unlogged);
    }
    Combination combination = Combination.valueOf(decision.getCombination());
    FusedQuery query =
        switch (combination) {
          case UNION -> new FusedQuery(typed, corrected(decision), weights(decision));
          case REPLACE -> FusedQuery.uncorrected(typed, FusionWeights.DEFAULT);
        };
    return new ServedQuery(query, combination);
  }

  private static String corrected(Decision decision) {
    return decision.getCorrection().isEmpty() ? decision.getQuery() : decision.getCorrection();
  }

  private static FusionWeights weights(Decision decision) {
    return new FusionWeights(
        decision.getCorrectionWeight(),
        decision.getRewriteWeight(),
        FusionWeights.DEFAULT.expansion());
  }
}

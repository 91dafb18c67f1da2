package io.searchloop.streams.decision;

import io.searchloop.schemas.Decision;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.FusedQuery;
import io.searchloop.search.query.ServedQuery;

/**
 * What will be searched for a query but for its rewrite. Every decision logs it, so that rewards
 * and audits can search the same again (ADR 0045).
 *
 * @param epoch catalogue epoch that is or will be searched; 0 when none is known
 * @param query the query and its correction
 */
public record SearchPlan(long epoch, ServedQuery query) {

  /** Writes the plan into a record. */
  void log(Decision.Builder decision) {
    FusedQuery fused = query.fused();
    FusionWeights weights = fused.weights();
    boolean corrected = !fused.corrected().equals(fused.typed());
    decision
        .setCatalogueEpoch(epoch)
        .setCombination(query.combination().name())
        .setCorrection(corrected ? fused.corrected() : "")
        .setCorrectionWeight(weights.correction())
        .setRewriteWeight(weights.rewrite());
  }
}

package io.searchloop.app.audit;

import io.searchloop.learning.oracle.ExpectedTuple;
import io.searchloop.schemas.RewardTuple;

/**
 * What the audit compares of a tuple on the topic; tokens and prompts stay behind.
 *
 * @param tuple identity and amounts
 * @param impressionTime event time of the impression, epoch milliseconds
 * @param outcomeTime event time of the latest outcome, epoch milliseconds
 * @param configFrom {@code effective_from} of the configuration that priced it
 * @param retraction whether a verdict took it back
 */
record FoundTuple(
    ExpectedTuple tuple,
    long impressionTime,
    long outcomeTime,
    long configFrom,
    boolean retraction) {
  /** {@code signal} of a correction that takes back what a condemned visitor earned. */
  private static final String RETRACTION = "quarantine";

  static FoundTuple of(RewardTuple tuple) {
    return new FoundTuple(
        new ExpectedTuple(
            tuple.getQueryId(),
            tuple.getRolloutId(),
            tuple.getSequence(),
            tuple.getReward(),
            tuple.getPreference(),
            tuple.getTrainable()),
        tuple.getImpressionTime().toEpochMilli(),
        tuple.getOutcomeTime().toEpochMilli(),
        tuple.getRewardConfigFrom().toEpochMilli(),
        tuple.getSignal().equals(RETRACTION));
  }
}

package io.searchloop.jobs.assembly;

import io.searchloop.schemas.Packed;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.TupleOrigin;
import java.time.Instant;

/** Reward tuples for tests. */
final class Tuples {
  /** Long window: a rollout may be corrected so long after its impression, in milliseconds. */
  static final long LONG_WINDOW = 1_000;

  private Tuples() {}

  /**
   * A trainable base tuple of an assigned search; the lineage of a key is its parity, the rewrite
   * its reward.
   */
  static RewardTuple base(String rolloutId, int key, double reward, long impression) {
    return RewardTuple.newBuilder()
        .setRolloutId(rolloutId)
        .setQueryId("q-" + rolloutId)
        .setOrigin(TupleOrigin.ASSIGNED)
        .setGroupKey("k" + key + "/" + key % 2)
        .setQuery("query " + key)
        .setPromptTokens(Packed.ints(key, 2, 3))
        .setLineage(key % 2)
        .setReward(reward)
        .setTrainable(true)
        .setTokenIds(Packed.ints((int) reward, 1))
        .setLogProbs(Packed.floats(-1, -2))
        .setImpressionTime(Instant.ofEpochMilli(impression))
        .setOutcomeTime(Instant.ofEpochMilli(impression))
        .setCorrectableUntil(Instant.ofEpochMilli(impression + LONG_WINDOW))
        .build();
  }

  /** An impression of a member of the slate of key 0. */
  static RewardTuple ofSlate(String rolloutId, String queryId, double reward, long impression) {
    return RewardTuple.newBuilder(base(rolloutId, 0, reward, impression))
        .setOrigin(TupleOrigin.SLATE)
        .setSlateId("slate")
        .setQueryId(queryId)
        .build();
  }

  /** A rollout of a multileaved page of key 0, with what was bought from its list. */
  static RewardTuple onPage(
      String queryId, int candidate, double reward, double preference, long impression) {
    return RewardTuple.newBuilder(base(queryId + "#" + candidate, 0, reward, impression))
        .setOrigin(TupleOrigin.PAGE)
        .setQueryId(queryId)
        .setPreference(preference)
        .build();
  }

  /** A rollout of key 0 that the engine judged. */
  static RewardTuple byEngine(String queryId, int candidate, double reward, long time) {
    return RewardTuple.newBuilder(base(queryId + "#" + candidate, 0, reward, time))
        .setOrigin(TupleOrigin.ENGINE)
        .setQueryId(queryId)
        .build();
  }

  static RewardTuple correction(RewardTuple base, int sequence, double change) {
    return later(base, sequence).setReward(change).setPreference(0).build();
  }

  /** A purchase or refund after the base tuple of a page's rollout. */
  static RewardTuple purchase(RewardTuple base, int sequence, double change, long outcome) {
    return later(base, sequence)
        .setReward(0)
        .setPreference(change)
        .setOutcomeTime(Instant.ofEpochMilli(outcome))
        .build();
  }

  /** Later tuples carry neither prompt nor tokens. */
  private static RewardTuple.Builder later(RewardTuple base, int sequence) {
    return RewardTuple.newBuilder(base)
        .setSequence(sequence)
        .clearPromptTokens()
        .clearTokenIds()
        .clearLogProbs();
  }
}

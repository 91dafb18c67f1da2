package io.searchloop.jobs.assembly;

import io.searchloop.schemas.Packed;
import io.searchloop.schemas.RewardTuple;
import java.time.Instant;

/** Reward tuples for tests. */
final class Tuples {
  private Tuples() {}

  /** A trainable base tuple; the lineage of a key is its parity, the rewrite its reward. */
  static RewardTuple base(String rolloutId, int key, double reward, long impression) {
    return RewardTuple.newBuilder()
        .setRolloutId(rolloutId)
        .setGroupKey("k" + key + "/" + key % 2)
        .setLineage(key % 2)
        .setReward(reward)
        .setTrainable(true)
        .setTokenIds(Packed.ints((int) reward, 1))
        .setLogProbs(Packed.floats(-1, -2))
        .setImpressionTime(Instant.ofEpochMilli(impression))
        .setOutcomeTime(Instant.ofEpochMilli(impression))
        .build();
  }

  static RewardTuple correction(RewardTuple base, int sequence, double change) {
    return RewardTuple.newBuilder(base).setSequence(sequence).setReward(change).build();
  }
}

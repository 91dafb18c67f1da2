package io.searchloop.app.replay;

import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.TupleOrigin;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;

/**
 * What shoppers' outcomes left on a rewards topic; rewards of the engine alone do not count.
 *
 * @param base base tuples, one a rollout of a shown search
 * @param corrections later changes
 * @param trainable base tuples that may enter a group
 * @param reward sum of all rewards and changes
 * @param takenBack sum of the negative changes, 0 or less
 */
public record TupleCounts(
    long base, long corrections, long trainable, double reward, double takenBack) {
  private static final double MICROS = 1e6;

  /** Reads a rewards topic. */
  static TupleCounts of(Brokers bootstrapServers, Serdes serdes, String prefix) {
    AvroSerde<RewardTuple> serde = serdes.of(Topics.REWARDS.prefixed(prefix));
    Sums sums = new Sums();
    RawTopic.forEach(
        bootstrapServers,
        prefix + Topics.REWARDS.name(),
        bytes -> sums.add(serde.deserialize(bytes.value())));
    return new TupleCounts(
        sums.base,
        sums.corrections,
        sums.trainable,
        sums.rewardMicros / MICROS,
        sums.takenBackMicros / MICROS);
  }

  /** Whole numbers, so that sums of two topics can be compared exactly. */
  private static final class Sums {
    private long base;
    private long corrections;
    private long trainable;
    private long rewardMicros;
    private long takenBackMicros;

    void add(RewardTuple tuple) {
      if (tuple.getOrigin() == TupleOrigin.ENGINE) {
        return;
      }
      long micros = Math.round(tuple.getReward() * MICROS);
      rewardMicros += micros;
      if (tuple.getSequence() == 0) {
        base++;
        trainable += tuple.getTrainable() ? 1 : 0;
      } else {
        corrections++;
        takenBackMicros += Math.min(0, micros);
      }
    }
  }
}

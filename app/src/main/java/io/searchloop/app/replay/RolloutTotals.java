package io.searchloop.app.replay;

import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.TupleOrigin;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What every rollout of a rewards topic earned from shoppers in all, in micros: whole numbers, so
 * that two topics can be compared exactly.
 *
 * @param micros total by rollout
 */
record RolloutTotals(Map<Rollout, Long> micros) {
  private static final double MICROS = 1e6;

  /** A rollout in a search. */
  record Rollout(String queryId, String rolloutId) {}

  RolloutTotals {
    micros = Map.copyOf(micros);
  }

  static RolloutTotals read(Brokers bootstrapServers, Serdes serdes, String prefix) {
    AvroSerde<RewardTuple> serde = serdes.of(Topics.REWARDS.prefixed(prefix));
    Map<Rollout, Long> totals = new HashMap<>();
    RawTopic.forEach(
        bootstrapServers,
        prefix + Topics.REWARDS.name(),
        bytes -> {
          RewardTuple tuple = serde.deserialize(bytes.value());
          if (tuple.getOrigin() != TupleOrigin.ENGINE) {
            totals.merge(
                new Rollout(tuple.getQueryId(), tuple.getRolloutId()),
                Math.round(tuple.getReward() * MICROS),
                Long::sum);
          }
        });
    return new RolloutTotals(totals);
  }

  /**
   * What these totals have over others.
   *
   * @param searches searches to look at, by query id
   */
  Readmission.Gain over(RolloutTotals others, Predicate<String> searches) {
    long fresh = 0;
    long changed = 0;
    long gained = 0;
    for (Map.Entry<Rollout, Long> entry : micros.entrySet()) {
      if (!searches.test(entry.getKey().queryId())) {
        continue;
      }
      Long before = others.micros().get(entry.getKey());
      if (before == null) {
        fresh++;
      } else if (!before.equals(entry.getValue())) {
        changed++;
      }
      gained += entry.getValue() - (before == null ? 0 : before);
    }
    return new Readmission.Gain(fresh, changed, gained / MICROS);
  }
}

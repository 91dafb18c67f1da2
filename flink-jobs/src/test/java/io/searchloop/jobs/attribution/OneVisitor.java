package io.searchloop.jobs.attribution;

import io.searchloop.jobs.fixtures.Events;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.learning.oracle.SourcePartition;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.SearchEvent;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;

/** One visitor before the join: what they do, and what came of it. */
final class OneVisitor {
  private static final long W1 = 100;
  static final long W2 = 1000;
  static final long FOREVER = Long.MAX_VALUE;
  static final SourcePartition EVENTS = new SourcePartition("events", 0);
  static final RewardConfig PLAIN = config(0, c -> c);

  final Events log = new Events();
  private JoinHarness join;

  /** Prices of the beginning; the caller closes what is returned. */
  JoinHarness open(RewardConfig config) throws Exception {
    join = new JoinHarness(List.of(config), 1, new HashMapStateBackend());
    return join;
  }

  void shown(String queryId) throws Exception {
    receive(log.decision(queryId, 10), log.event("impression", queryId, "", 20));
  }

  void receive(SourceRecord... records) throws Exception {
    for (SourceRecord record : records) {
      join.receive(record);
    }
  }

  double total(String queryId) {
    return join.emitted().stream()
        .filter(tuple -> tuple.getQueryId().equals(queryId))
        .mapToDouble(RewardTuple::getReward)
        .sum();
  }

  long count(RecordClass recordClass) {
    return join.counts(EVENTS).getOrDefault(recordClass, 0L);
  }

  static UnaryOperator<SearchEvent.Builder> order(int line, int quantity) {
    return event -> event.setOrderId("order").setOrderLine(line).setQuantity(quantity);
  }

  static RewardConfig config(long from, UnaryOperator<RewardConfig.Builder> changes) {
    return changes
        .apply(
            RewardConfig.newBuilder()
                .setEffectiveFrom(Instant.ofEpochMilli(from))
                .setShortWindowMs(W1)
                .setLongWindowMs(W2))
        .build();
  }
}

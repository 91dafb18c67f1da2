package io.searchloop.streams;

import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Topics;
import io.searchloop.streams.heads.HeadQuery;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.Stores;

/**
 * Counts queries in normal form by tumbling window, so that what shoppers ask most is known before
 * they ask again. At least once: a count that is a few too high changes no order that matters, and
 * exactly-once would cost a transaction a commit.
 *
 * <pre>
 *   search.decisions.v1 --locale, normal form of the query--> group --> count by window --> HEADS
 * </pre>
 *
 * <p>An ENGINE_ONLY decision repeats the query of another that was shown, and is not counted.
 *
 * @param decisions serde of decisions
 * @param window length of a window; the store keeps two
 */
record ServingTopology(Serde<Decision> decisions, Duration window) {
  /** All that a count needs to hear of a decision. */
  private static final String ONE_MORE = "";

  /** Window store, {@link HeadQuery#key} to count. */
  static final String HEADS = "head-queries";

  Topology build() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            Topics.DECISIONS.name(),
            Consumed.with(Serdes.String(), decisions)
                .withTimestampExtractor(ServingTopology::decidedAt))
        .filter((visitor, decision) -> decision.getMode() != DecisionMode.ENGINE_ONLY)
        .map(
            (visitor, decision) ->
                KeyValue.pair(HeadQuery.key(decision.getQuery(), decision.getLocale()), ONE_MORE))
        .groupByKey(Grouped.with("by-query", Serdes.String(), Serdes.String()))
        .windowedBy(TimeWindows.ofSizeWithNoGrace(window))
        .count(
            Materialized.<String, Long>as(
                    Stores.inMemoryWindowStore(HEADS, window.multipliedBy(2), window, false))
                .withKeySerde(Serdes.String())
                .withValueSerde(Serdes.Long()));
    return builder.build();
  }

  private static long decidedAt(ConsumerRecord<Object, Object> record, long partitionTime) {
    return ((Decision) record.value()).getTimestamp().toEpochMilli();
  }
}

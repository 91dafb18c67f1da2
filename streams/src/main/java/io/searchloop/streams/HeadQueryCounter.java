package io.searchloop.streams;

import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.streams.heads.HeadQueries;
import io.searchloop.streams.heads.HeadQuery;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers.InMemoryDslStoreSuppliers;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyWindowStore;

/**
 * Runs the serving topology. Queries are counted whole, each by one of the workers that share an
 * application id: together their heads are all heads, and no two fill the cache with the same.
 */
final class HeadQueryCounter implements HeadQueries, AutoCloseable {
  private final KafkaStreams streams;
  private final Duration window;
  private final Duration drain;
  private final InstantSource clock;

  HeadQueryCounter(
      ServingConfig config, Brokers bootstrapServers, Serdes serdes, InstantSource clock) {
    this.window = config.headWindow();
    this.drain = config.drain();
    this.clock = clock;
    this.streams =
        new KafkaStreams(
            new ServingTopology(serdes.of(Topics.DECISIONS), window).build(),
            settings(config, bootstrapServers));
    // Counting heads is a convenience: a broken thread is replaced, and search goes on.
    streams.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.REPLACE_THREAD);
  }

  void start() {
    streams.start();
  }

  @Override
  public Optional<List<HeadQuery>> top(int limit) {
    try {
      ReadOnlyWindowStore<String, Long> store =
          streams.store(
              StoreQueryParameters.fromNameAndType(
                  ServingTopology.HEADS, QueryableStoreTypes.<String, Long>windowStore()));
      return Optional.of(top(store, limit));
    } catch (KafkaException e) { // starting, rebalancing or closing
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    streams.close(drain);
  }

  private List<HeadQuery> top(ReadOnlyWindowStore<String, Long> store, int limit) {
    Map<String, Long> counts = new HashMap<>();
    var now = clock.instant();
    try (KeyValueIterator<Windowed<String>, Long> windows =
        store.fetchAll(now.minus(window.multipliedBy(2)), now)) {
      while (windows.hasNext()) {
        KeyValue<Windowed<String>, Long> entry = windows.next();
        counts.merge(entry.key.key(), entry.value, Long::sum);
      }
    }
    return counts.entrySet().stream()
        .map(entry -> HeadQuery.of(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingLong(HeadQuery::count)
                .reversed()
                .thenComparing(HeadQuery::query)
                .thenComparing(HeadQuery::locale))
        .limit(limit)
        .toList();
  }

  private static Properties settings(ServingConfig config, Brokers bootstrapServers) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
    settings.putAll(bootstrapServers.with(Map.of()));
    settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, config.groupProtocol());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    settings.put(StreamsConfig.DSL_STORE_SUPPLIERS_CLASS_CONFIG, InMemoryDslStoreSuppliers.class);
    settings.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
        LogAndContinueExceptionHandler.class);
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 1_000);
    return settings;
  }
}

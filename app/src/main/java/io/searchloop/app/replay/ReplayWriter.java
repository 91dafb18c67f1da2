package io.searchloop.app.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.VisitorKey;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes decisions and events to a replay's topics as workers and storefronts write them to the
 * live ones: in Confluent's format under the visitor key. One thread; Kafka's own thread reports
 * failures, which the next write or {@link #close} throws.
 */
final class ReplayWriter implements Outlet, AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final Topic<Decision> decisions;
  private final Topic<SearchEvent> events;
  private final AvroSerde<Decision> decisionSerde;
  private final AvroSerde<SearchEvent> eventSerde;
  private final Tally sent = new Tally();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  ReplayWriter(Brokers bootstrapServers, Serdes serdes, String prefix) {
    this.decisions = Topics.DECISIONS.prefixed(prefix);
    this.events = Topics.EVENTS.prefixed(prefix);
    this.decisionSerde = serdes.of(decisions);
    this.eventSerde = serdes.of(events);
    this.producer =
        new KafkaProducer<>(
            bootstrapServers.with(Map.of("linger.ms", "20", "batch.size", "131072")),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @Override
  public void accept(Decision decision) {
    sent.add("decision");
    send(
        decisions,
        VisitorKey.of(decision).orElseThrow().getBytes(UTF_8),
        decisionSerde.encode(decision));
  }

  @Override
  public void accept(SearchEvent event) {
    sent.add(event.getActionName());
    send(events, VisitorKey.of(event).orElseThrow().getBytes(UTF_8), eventSerde.encode(event));
  }

  /** Writes a decision's original bytes. */
  void decision(byte[] key, byte[] value) {
    sent.add("decision");
    send(decisions, key, value);
  }

  /** Writes an event's original bytes. */
  void event(byte[] key, byte[] value) {
    sent.add("event");
    send(events, key, value);
  }

  /** Records written so far: decisions, and events by action. */
  Map<String, Long> sent() {
    return sent.counts();
  }

  private void send(Topic<?> topic, byte[] key, byte[] value) {
    throwFailure();
    var unused =
        producer.send(
            new ProducerRecord<>(topic.name(), key.length == 0 ? null : key, value),
            (metadata, exception) -> {
              if (exception != null) {
                failure.compareAndSet(null, exception);
              }
            });
  }

  /**
   * Waits until everything is written.
   *
   * @throws IllegalStateException when something was not
   */
  @Override
  public void close() {
    producer.close();
    throwFailure();
  }

  private void throwFailure() {
    Exception cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException(
          "A record of the replay could not be written: " + cause, cause);
    }
  }
}

package io.searchloop.app.simulation;

import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.VisitorKey;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Uses both doors of the shop: searches and the events of one half of the visitors go through
 * another storefront, the events of the other half straight to Kafka as Avro, keyed by visitor. A
 * visitor keeps to one door, as the backend of one shop would.
 *
 * <p>Sending to Kafka is asynchronous; the producer retries by itself, and events it gives up on
 * are counted. Safe for use by several threads; closing closes the producer only.
 */
public final class KafkaStorefront implements StorefrontClient, AutoCloseable {
  private final StorefrontClient other;
  private final Producer<String, SearchEvent> producer;
  private final String topic;
  private final UnaryOperator<SearchEvent> names;
  private final LongAdder undelivered = new LongAdder();

  /**
   * @param names puts pseudonyms in the place of visitors' names
   */
  KafkaStorefront(
      StorefrontClient other,
      Producer<String, SearchEvent> producer,
      String topic,
      UnaryOperator<SearchEvent> names) {
    this.other = other;
    this.producer = producer;
    this.topic = topic;
    this.names = names;
  }

  /**
   * Connects to a broker.
   *
   * @param other takes the searches and half of the visitors' events
   * @param topicPrefix prefix of the topics, often empty
   * @param names puts pseudonyms in the place of visitors' names, as the workers do
   */
  public static KafkaStorefront connect(
      StorefrontClient other,
      Brokers bootstrapServers,
      Serdes serdes,
      String topicPrefix,
      UnaryOperator<SearchEvent> names) {
    Map<String, Object> settings =
        bootstrapServers.with(
            Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "searchloop-shoppers",
                ProducerConfig.LINGER_MS_CONFIG,
                20));
    return new KafkaStorefront(
        other,
        new KafkaProducer<>(
            settings, new StringSerializer(), serdes.of(Topics.EVENTS).serializer()),
        Topics.EVENTS.prefixed(topicPrefix).name(),
        names);
  }

  @Override
  public SearchPage search(String query, String clientId, String sessionId) {
    return other.search(query, clientId, sessionId);
  }

  /** The other door first: when it fails, nothing has been produced that a retry would repeat. */
  @Override
  public void send(List<SearchEvent> events) {
    Map<Boolean, List<SearchEvent>> byDoor =
        events.stream().collect(Collectors.partitioningBy(KafkaStorefront::goesToKafka));
    List<SearchEvent> others = byDoor.getOrDefault(false, List.of());
    if (!others.isEmpty()) {
      other.send(others);
    }
    byDoor.getOrDefault(true, List.of()).forEach(this::produce);
  }

  private static boolean goesToKafka(SearchEvent event) {
    return Math.floorMod(visitor(event).hashCode(), 2) == 0;
  }

  private static String visitor(SearchEvent event) {
    return VisitorKey.of(event)
        .orElseThrow(() -> new IllegalArgumentException("A shopper's event names no visitor"));
  }

  /** Events the producer gave up on. */
  public long undelivered() {
    return undelivered.sum();
  }

  @Override
  public void close() {
    producer.close();
  }

  private void produce(SearchEvent told) {
    SearchEvent event = names.apply(told);
    try {
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(topic, visitor(event), event),
              (metadata, failure) -> {
                if (failure != null) {
                  undelivered.increment();
                }
              });
    } catch (KafkaException | UncheckedIOException e) {
      throw new StorefrontException(topic + " takes no events", true, e);
    }
  }
}

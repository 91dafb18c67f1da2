package io.searchloop.streams.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.Product;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.streams.testing.TestBroker;
import io.searchloop.streams.testing.TestRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TopicFeedIT {
  private final List<String> delivered = new CopyOnWriteArrayList<>();
  private final List<String> skipped = new CopyOnWriteArrayList<>();
  private final BlockingQueue<List<String>> settled = new LinkedBlockingQueue<>();
  @TempDir Path directory;
  private TestBroker broker;
  private TestRegistry registry;
  private AvroSerde<Product> serde;
  private Producer<byte[], byte[]> producer;

  @BeforeEach
  void start() throws Exception {
    broker = new TestBroker(directory);
    registry = new TestRegistry();
    serde = registry.serdes().of(Topics.PRODUCTS);
    producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterEach
  void close() {
    producer.close();
    registry.close();
    broker.close();
  }

  @Test
  void settlesOnceCaughtUpThenAfterEachBatch() throws Exception {
    send("a", encoded("a"));
    send("b", encoded("b"));
    try (TopicFeed feed = feed(() -> settled.add(List.copyOf(delivered)))) {
      feed.start();
      assertThat(nextSettled()).containsExactly("a", "b");

      send("c", encoded("c"));

      assertThat(nextSettled()).containsExactly("a", "b", "c");
      assertThat(feed.alive()).isTrue();
    }
  }

  @Test
  void skipsAndCountsWhatItCannotUse() throws Exception {
    send("poison", new byte[] {9, 9});
    send("tombstone", null);
    send("refused", encoded("refused"));
    send("a", encoded("a"));
    try (TopicFeed feed = feed(() -> settled.add(List.copyOf(delivered)))) {
      feed.start();

      assertThat(nextSettled()).containsExactly("a");
      assertThat(skipped).containsExactly("MALFORMED", "HANDLER");
    }
  }

  @Test
  void settlesAgainAfterAFailure() throws Exception {
    send("a", encoded("a"));
    boolean[] failed = {false};
    Runnable failsOnce =
        () -> {
          if (!failed[0]) {
            failed[0] = true;
            throw new IllegalStateException("not now");
          }
          settled.add(List.copyOf(delivered));
        };
    try (TopicFeed feed = feed(failsOnce)) {
      feed.start();

      assertThat(nextSettled()).containsExactly("a");
    }
  }

  private TopicFeed feed(Runnable settle) {
    return new TopicFeed(
        "test-feed",
        () -> new ConsumerSettings(Brokers.at(broker.bootstrapServers())).consumer("test-feed"),
        List.of(new Source<>(Topics.PRODUCTS, serde, (offset, product) -> take(product))),
        settle,
        (topic, reason) -> skipped.add(reason));
  }

  private void take(Product product) {
    if (product.getProductId().equals("refused")) {
      throw new IllegalArgumentException("refused");
    }
    delivered.add(product.getProductId());
  }

  private List<String> nextSettled() throws InterruptedException {
    List<String> state = settled.poll(30, TimeUnit.SECONDS);
    assertThat(state).as("settled in time").isNotNull();
    return state;
  }

  private byte[] encoded(String id) {
    return serde.encode(Product.newBuilder().setProductId(id).build());
  }

  private void send(String key, byte @Nullable [] value) throws Exception {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    producer.send(new ProducerRecord<>(Topics.PRODUCTS.name(), keyBytes, value)).get();
  }
}

package io.searchloop.storefront;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.client.ClientConfig;
import io.searchloop.schemas.privacy.PseudonymFile;
import io.searchloop.schemas.privacy.Pseudonyms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka's own in-memory producer stands in for Kafka; StorefrontEventsIT of app has the real one.
 */
@Timeout(60)
class StorefrontProducerTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final byte[] BYTES = {1};

  @TempDir private Path folder;

  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());

  @Test
  void storesEventsUnderTheirVisitorInOrder() throws Exception {
    try (StorefrontProducer producer = producer(event -> event.getEventId().getBytes(), 10)) {
      assertThat(producer.send(click("1")).get()).isEqualTo(new Delivery.Stored(0, 0));
      assertThat(producer.send(click("2")).get()).isEqualTo(new Delivery.Stored(0, 1));
      assertThat(producer.counts().stored()).isEqualTo(2);
    }
    assertThat(kafka.history()).extracting(record -> new String(record.key())).containsOnly("c");
    assertThat(kafka.history())
        .extracting(record -> new String(record.value()))
        .containsExactly("1", "2");
    assertThat(kafka.closed()).isTrue();
  }

  @Test
  void namesNoVisitorWhereThereIsAKey() throws Exception {
    Path keys = folder.resolve("pseudonyms");
    PseudonymFile.add(keys, Instant.EPOCH, new SecureRandom());
    Pseudonyms pseudonyms = Pseudonyms.of(keys.toString());
    StorefrontSettings settings =
        StorefrontSettings.of("kafka:9092", "http://registry").withPseudonyms(pseudonyms);
    try (StorefrontProducer producer =
        new StorefrontProducer(
            kafka, event -> event.getClientId().getBytes(UTF_8), settings, () -> NOW)) {
      producer.send(click("1")).get();
    }

    byte[] pseudonym = pseudonyms.of(click("1"), NOW).getClientId().getBytes(UTF_8);
    assertThat(kafka.history()).extracting(ProducerRecord::key).containsExactly(pseudonym);
    assertThat(kafka.history()).extracting(ProducerRecord::value).containsExactly(pseudonym);
  }

  @Test
  void losesWhatTheDoorWouldRefuse() throws Exception {
    try (StorefrontProducer producer = producer(event -> BYTES, 10)) {
      Delivery delivery =
          producer.send(SearchEvent.newBuilder(click("1")).setObjectId("").build()).get();

      assertThat(delivery)
          .isInstanceOfSatisfying(
              Delivery.Lost.class,
              lost -> {
                assertThat(lost.reason()).isEqualTo(Loss.REFUSED);
                assertThat(lost.detail()).contains("`object_id` is missing");
              });
      assertThat(producer.counts().lost()).containsEntry(Loss.REFUSED, 1L);
    }
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void neverWaitsAndCountsWhatFindsNoRoom() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    Function<SearchEvent, byte[]> stuck =
        event -> {
          reached.countDown();
          awaitQuietly(gate);
          return BYTES;
        };
    try (StorefrontProducer producer = producer(stuck, 2)) {
      List<CompletableFuture<Delivery>> sent = new ArrayList<>();
      sent.add(producer.send(click("0")));
      reached.await();
      for (int i = 1; i <= 5; i++) {
        sent.add(producer.send(click("" + i)));
      }
      assertThat(sent.subList(3, 6))
          .allSatisfy(
              done ->
                  assertThat(done)
                      .isCompletedWithValueMatching(
                          delivery ->
                              delivery instanceof Delivery.Lost lost
                                  && lost.reason() == Loss.QUEUE_FULL));
      assertThat(producer.counts().underWay()).isEqualTo(3);

      gate.countDown();
      for (CompletableFuture<Delivery> done : sent.subList(0, 3)) {
        assertThat(done.get()).isInstanceOf(Delivery.Stored.class);
      }
      assertThat(producer.counts())
          .isEqualTo(
              new DeliveryCounts(
                  6,
                  3,
                  Map.of(
                      Loss.REFUSED, 0L,
                      Loss.QUEUE_FULL, 3L,
                      Loss.REGISTRY, 0L,
                      Loss.KAFKA, 0L,
                      Loss.CLOSED, 0L)));
    }
  }

  @Test
  void waitsForARegistryThatComesBackAndGivesUpOnOneThatDoesNot() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Function<SearchEvent, byte[]> flaky =
        event -> {
          if (event.getEventId().equals("never") || asked.incrementAndGet() < 3) {
            throw new UncheckedIOException("registry is away", new IOException());
          }
          return BYTES;
        };
    try (StorefrontProducer producer = producer(flaky, 10)) {
      assertThat(producer.send(click("soon")).get()).isInstanceOf(Delivery.Stored.class);
      assertThat(producer.send(click("never")).get())
          .isEqualTo(new Delivery.Lost(Loss.REGISTRY, "registry is away"));
    }
  }

  @Test
  void closingTellsTheFateOfWhatCouldNotBeSent() throws Exception {
    Function<SearchEvent, byte[]> away =
        event -> {
          throw new UncheckedIOException("registry is away", new IOException());
        };
    StorefrontProducer producer = producer(away, 10);
    CompletableFuture<Delivery> first = producer.send(click("1"));
    CompletableFuture<Delivery> second = producer.send(click("2"));

    producer.close();

    assertThat(List.of(first, second)).allMatch(CompletableFuture::isDone);
    assertThat(producer.send(click("3")).get())
        .isInstanceOfSatisfying(
            Delivery.Lost.class, lost -> assertThat(lost.reason()).isEqualTo(Loss.CLOSED));
    assertThat(producer.counts().underWay()).isZero();
  }

  @Test
  void closingTellsTheFateOfWhatARegistryHoldsUp() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    Function<SearchEvent, byte[]> stalled =
        event -> {
          reached.countDown();
          awaitQuietly(new CountDownLatch(1));
          throw new UncheckedIOException("interrupted", new IOException());
        };
    StorefrontProducer producer = producer(stalled, 10, Duration.ofMillis(10));
    CompletableFuture<Delivery> held = producer.send(click("1"));
    reached.await();

    producer.close();

    assertThat(held.get())
        .isInstanceOfSatisfying(
            Delivery.Lost.class, lost -> assertThat(lost.reason()).isEqualTo(Loss.CLOSED));
  }

  @Test
  void refusesSettingsByName() {
    StorefrontSettings settings = StorefrontSettings.of("localhost:9092", "http://localhost:8081");

    assertThatThrownBy(() -> settings.withCapacity(0)).hasMessageContaining("capacity is 0");
    assertThatThrownBy(() -> settings.withKafka(Map.of("acks", "0")))
        .hasMessageContaining("[acks]")
        .hasMessageContaining("fixed");
    assertThatThrownBy(
            () -> settings.withTimes(Duration.ZERO, Duration.ofMillis(10), Duration.ZERO))
        .hasMessageContaining("patience is PT0.01S");
    assertThatThrownBy(() -> settings.withTimes(Duration.ZERO, Duration.ofDays(30), Duration.ZERO))
        .hasMessageContaining("patience is PT720H, expected PT1S to PT24H");
    assertThatThrownBy(
            () -> StorefrontProducer.connect(StorefrontSettings.of("no port", "http://localhost")))
        .hasMessageContaining("bootstrap");
    ClientConfig clients = new ClientConfig(Map.of("security.protocol", "SSL"), Map.of());
    StorefrontSettings secured = settings.withClients(clients).withKafka(Map.of("batch.size", "9"));
    assertThat(secured.brokers().with(secured.producer()))
        .containsEntry("bootstrap.servers", "localhost:9092")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("batch.size", "9")
        .containsEntry("enable.idempotence", true);
  }

  private StorefrontProducer producer(Function<SearchEvent, byte[]> encoding, int capacity) {
    return producer(encoding, capacity, Duration.ofSeconds(5));
  }

  private StorefrontProducer producer(
      Function<SearchEvent, byte[]> encoding, int capacity, Duration drain) {
    StorefrontSettings settings =
        StorefrontSettings.of("localhost:9092", "http://localhost:8081")
            .withCapacity(capacity)
            .withTimes(Duration.ZERO, Duration.ofSeconds(1), drain);
    return new StorefrontProducer(kafka, encoding, settings, () -> NOW);
  }

  private static SearchEvent click(String id) {
    return SearchEvent.newBuilder()
        .setEventId(id)
        .setClientId("c")
        .setQueryId("q")
        .setActionName("click")
        .setObjectId("p")
        .setTimestamp(NOW)
        .build();
  }

  private static void awaitQuietly(CountDownLatch gate) {
    try {
      gate.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

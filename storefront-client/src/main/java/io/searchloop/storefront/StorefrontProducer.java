package io.searchloop.storefront;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.VisitorKey;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.event.DoorRules;
import io.searchloop.schemas.json.FieldFault;
import io.searchloop.schemas.serde.AvroSerde;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a storefront's events to Searchloop without ever making a shopper wait: {@link #send} only
 * checks the event and puts it in a bounded queue. What cannot be stored is counted by reason and
 * told to whoever asks. Events are keyed by visitor, so those of one visitor stay in order.
 * Visitors' names become pseudonyms before they are sent, where the settings have keys for that.
 *
 * <pre>{@code
 * try (StorefrontProducer events =
 *     StorefrontProducer.connect(StorefrontSettings.of("kafka:9092", "http://registry:8081"))) {
 *   events.send(
 *       SearchEvent.newBuilder()
 *           .setEventId(UUID.randomUUID().toString())
 *           .setClientId(visitor)
 *           .setQueryId(queryId)
 *           .setActionName("click")
 *           .setObjectId(product)
 *           .setPositionOrdinal(3)
 *           .setTimestamp(clock.instant())
 *           .build());
 * }
 * }</pre>
 *
 * <p>Any thread. One producer is enough for a process.
 */
public final class StorefrontProducer implements AutoCloseable {
  private static final long POLL_MS = 50;
  private static final long REGISTRY_PAUSE_MS = 200;

  private final Producer<byte[], byte[]> producer;
  private final Function<SearchEvent, byte[]> encoding;
  private final Topic<SearchEvent> topic;
  private final StorefrontSettings settings;
  private final InstantSource clock;
  private final BlockingQueue<Waiting> queue;
  private final Tally tally = new Tally();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Object door = new Object();
  private final Thread thread = new Thread(this::run, "storefront-producer");

  StorefrontProducer(
      Producer<byte[], byte[]> producer,
      Function<SearchEvent, byte[]> encoding,
      StorefrontSettings settings,
      InstantSource clock) {
    this.producer = producer;
    this.encoding = encoding;
    this.topic = Topics.EVENTS.prefixed(settings.topicPrefix());
    this.settings = settings;
    this.clock = clock;
    this.queue = new ArrayBlockingQueue<>(settings.capacity());
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * A producer of its own connections. Neither Kafka nor the registry need be there yet.
   *
   * @throws IllegalArgumentException when the Kafka client takes its settings for wrong
   */
  public static StorefrontProducer connect(StorefrontSettings settings) {
    Topic<SearchEvent> topic = Topics.EVENTS.prefixed(settings.topicPrefix());
    AvroSerde<SearchEvent> serde =
        settings.clients().serdes(settings.registryUrl(), false).of(topic);
    Brokers brokers = settings.brokers();
    try {
      return new StorefrontProducer(
          new KafkaProducer<>(
              brokers.with(settings.producer()),
              new ByteArraySerializer(),
              new ByteArraySerializer()),
          serde::encode,
          settings,
          InstantSource.system());
    } catch (KafkaException e) {
      throw new IllegalArgumentException(
          "Kafka client refuses its settings: %s. Correct bootstrapServers or kafka."
              .formatted(e.getCause() == null ? e.getMessage() : e.getCause().getMessage()),
          e);
    }
  }

  /**
   * Hands an event over. Never waits and never throws for bad events.
   *
   * @return completes once the fate of the event is known, at most {@code patience} after its turn
   *     came; never exceptionally. Work that takes long belongs on another thread.
   */
  public CompletableFuture<Delivery> send(SearchEvent event) {
    tally.given();
    CompletableFuture<Delivery> done = new CompletableFuture<>();
    Instant now = clock.instant();
    Optional<FieldFault> fault = DoorRules.refuse(event, now);
    if (fault.isPresent()) {
      return lost(done, Loss.REFUSED, fault.get().detail());
    }
    SearchEvent stored = settings.pseudonyms().of(event, now);
    String key = VisitorKey.of(stored).orElseThrow();
    synchronized (door) {
      if (isClosing()) {
        return lost(done, Loss.CLOSED, "The producer is closed. Send before closing it.");
      }
      if (queue.offer(new Waiting(stored, key, done))) {
        return done;
      }
    }
    return lost(
        done,
        Loss.QUEUE_FULL,
        "%d events wait already. Kafka is slow or away; raise capacity for longer outages."
            .formatted(settings.capacity()));
  }

  /** How many events became what so far. */
  public DeliveryCounts counts() {
    return tally.counts();
  }

  /** Takes no more events and waits for those under way, twice {@code drain} at most. */
  @Override
  public void close() {
    synchronized (door) {
      closing.countDown();
    }
    try {
      thread.join(Math.max(1, settings.drain().toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    for (Waiting late = queue.poll(); late != null; late = queue.poll()) {
      lose(late, Loss.CLOSED, "The producer was closed before this event was sent.");
    }
    producer.close(settings.drain());
  }

  private void run() {
    try {
      while (!isClosing() || !queue.isEmpty()) {
        Waiting next = queue.poll(POLL_MS, TimeUnit.MILLISECONDS);
        if (next != null) {
          produce(next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void produce(Waiting waiting) throws InterruptedException {
    try {
      byte[] value = encode(waiting);
      if (value == null) {
        return;
      }
      // The callback hears the outcome.
      Future<RecordMetadata> unused =
          producer.send(
              new ProducerRecord<>(topic.name(), waiting.key().getBytes(UTF_8), value),
              (metadata, failure) -> acknowledge(waiting, metadata, failure));
    } catch (InterruptException | InterruptedException e) {
      lose(waiting, Loss.CLOSED, "The producer was closed before this event was sent.");
      throw new InterruptedException();
    } catch (KafkaException | IllegalStateException e) {
      lose(waiting, Loss.KAFKA, String.valueOf(e.getMessage()));
    }
  }

  /** The bytes; null when the event is lost. Only the first event needs the registry. */
  private byte @Nullable [] encode(Waiting waiting) throws InterruptedException {
    long started = System.nanoTime();
    while (true) {
      try {
        return encoding.apply(waiting.event());
      } catch (UncheckedIOException e) {
        boolean late = System.nanoTime() - started > settings.patience().toNanos();
        if (late || closing.await(REGISTRY_PAUSE_MS, TimeUnit.MILLISECONDS)) {
          lose(waiting, Loss.REGISTRY, String.valueOf(e.getMessage()));
          return null;
        }
      } catch (RuntimeException e) {
        lose(waiting, Loss.REGISTRY, String.valueOf(e.getMessage()));
        return null;
      }
    }
  }

  private void acknowledge(Waiting waiting, RecordMetadata metadata, @Nullable Exception failure) {
    if (failure == null) {
      complete(waiting.done(), new Delivery.Stored(metadata.partition(), metadata.offset()));
    } else {
      lose(waiting, Loss.KAFKA, String.valueOf(failure.getMessage()));
    }
  }

  private void lose(Waiting waiting, Loss reason, String detail) {
    CompletableFuture<Delivery> unused = lost(waiting.done(), reason, detail);
  }

  private CompletableFuture<Delivery> lost(
      CompletableFuture<Delivery> done, Loss reason, String detail) {
    complete(done, new Delivery.Lost(reason, detail));
    return done;
  }

  private void complete(CompletableFuture<Delivery> done, Delivery delivery) {
    if (!done.isDone()) {
      tally.count(delivery);
      done.complete(delivery);
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }
}

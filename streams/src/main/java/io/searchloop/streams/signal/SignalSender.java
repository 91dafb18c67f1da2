package io.searchloop.streams.signal;

import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.VisitorKey;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.streams.metrics.ServingMetrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends decisions, events and dead letters from one thread behind a bounded queue: fetching
 * metadata and registering a schema both wait for other machines, and no request may.
 */
public final class SignalSender implements DecisionLog, EventLog, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SignalSender.class);
  private static final long POLL_MS = 50;

  private final Producer<byte[], byte[]> producer;
  private final ServingMetrics metrics;
  private final Duration drain;
  private final BlockingQueue<Outbound> queue;
  private final AvroSerde<Decision> decisions;
  private final AvroSerde<SearchEvent> events;
  private final AvroSerde<DeadLetter> deadLetters;
  private final Thread thread = new Thread(this::run, "signal-sender");
  private volatile boolean closing;

  /**
   * @param producer idempotent producer; closed with this
   * @param capacity records that may wait
   * @param drain how long closing waits for records on their way
   */
  public SignalSender(
      Producer<byte[], byte[]> producer,
      Serdes serdes,
      ServingMetrics metrics,
      int capacity,
      Duration drain) {
    this.producer = producer;
    this.metrics = metrics;
    this.drain = drain;
    this.queue = new ArrayBlockingQueue<>(capacity);
    this.decisions = serdes.of(Topics.DECISIONS);
    this.events = serdes.of(Topics.EVENTS);
    this.deadLetters = serdes.of(Topics.DEAD_LETTERS);
    thread.setDaemon(true);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  @Override
  public void append(Decision decision) {
    metrics.decided(decision.getArm());
    Outbound outbound =
        Outbound.of(
            Topics.DECISIONS.name(), VisitorKey.of(decision), () -> decisions.encode(decision));
    offer(outbound);
  }

  @Override
  public CompletableFuture<Void> append(SearchEvent event, String visitorKey) {
    Outbound outbound =
        Outbound.of(Topics.EVENTS.name(), Optional.of(visitorKey), () -> events.encode(event));
    offer(outbound);
    return outbound.done();
  }

  @Override
  public CompletableFuture<Void> refuse(DeadLetter letter) {
    Outbound outbound =
        Outbound.of(Topics.DEAD_LETTERS.name(), Optional.empty(), () -> deadLetters.encode(letter));
    offer(outbound);
    return outbound.done();
  }

  /** Sends what waits, for as long as {@code drain}, then closes the producer. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join(drain.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    producer.close(drain);
  }

  private void offer(Outbound outbound) {
    if (closing || !queue.offer(outbound)) {
      fail(
          outbound,
          closing ? "closing" : "queue_full",
          new RejectedExecutionException("Signal queue takes no record for " + outbound.topic()));
    }
  }

  private void run() {
    try {
      while (!closing || !queue.isEmpty()) {
        Outbound next = queue.poll(POLL_MS, TimeUnit.MILLISECONDS);
        if (next != null) {
          send(next);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(Outbound outbound) {
    try {
      byte[] key = outbound.key().map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(outbound.topic(), key, outbound.encoding().get());
      outbound.trace().ifPresent(trace -> trace.addTo(record.headers()));
      // The callback hears the outcome.
      Future<RecordMetadata> unused =
          producer.send(record, (metadata, failure) -> acknowledge(outbound, failure));
    } catch (KafkaException e) {
      fail(outbound, "kafka", e);
    } catch (RuntimeException e) {
      fail(outbound, "encoding", e);
    }
  }

  private void acknowledge(Outbound outbound, @Nullable Exception failure) {
    if (failure == null) {
      metrics.signalSent(outbound.topic());
      outbound.done().complete(null);
    } else {
      fail(outbound, "kafka", failure);
    }
  }

  private void fail(Outbound outbound, String reason, Exception failure) {
    if (outbound.done().completeExceptionally(failure)) {
      metrics.signalLost(outbound.topic(), reason);
      log.warn(
          "Signal lost: topic={} reason={} cause={}",
          outbound.topic(),
          reason,
          failure.getMessage());
    }
  }
}

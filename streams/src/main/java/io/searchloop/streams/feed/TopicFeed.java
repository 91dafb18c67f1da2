package io.searchloop.streams.feed;

import io.searchloop.schemas.access.AccessRemedy;
import io.searchloop.schemas.serde.UndecodableRecordException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers topics from their first record on, for as long as the worker lives. {@code settle} first
 * runs when everything that existed at the start has been delivered, so nobody acts on half a log;
 * afterwards after each batch, and again while it fails, ever more rarely.
 *
 * <p>Kafka being away is no failure: the feed waits for it and the worker serves what it has.
 */
public final class TopicFeed implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicFeed.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PAUSE = Duration.ofMillis(500);

  /**
   * Settling may open a policy: ONNX Runtime's graph optimisers overflow Java's default of 1 MiB,
   * which ends the process without a word.
   */
  private static final long STACK_BYTES = 16L << 20;

  private final String name;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final Map<String, Source<?>> sources;
  private final Settling settling;
  private final BooleanSupplier due;
  private final FeedListener listener;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;
  private volatile @Nullable Consumer<byte[], byte[]> reading;

  /**
   * @param name of the feed and its thread
   * @param consumers opens the consumer, on the feed's thread
   * @param settle acts on what was delivered; what it throws is logged, and it is called again
   */
  public TopicFeed(
      String name,
      Supplier<Consumer<byte[], byte[]>> consumers,
      List<Source<?>> sources,
      Runnable settle,
      FeedListener listener) {
    this(name, consumers, sources, settle, () -> false, listener);
  }

  /**
   * A feed that may settle although nothing new has come.
   *
   * @param due asked after each poll, on the feed's thread
   */
  public TopicFeed(
      String name,
      Supplier<Consumer<byte[], byte[]>> consumers,
      List<Source<?>> sources,
      Runnable settle,
      BooleanSupplier due,
      FeedListener listener) {
    this.name = name;
    this.consumers = consumers;
    this.sources =
        sources.stream().collect(Collectors.toMap(s -> s.topic().name(), Function.identity()));
    this.settling = new Settling(name, settle, System::nanoTime);
    this.due = due;
    this.listener = listener;
    this.thread = new Thread(null, this::run, name, STACK_BYTES);
    this.thread.setDaemon(true);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** Whether the thread still reads. */
  public boolean alive() {
    return thread.isAlive();
  }

  /** Stops reading after the batch at hand and waits for the thread. Further calls do nothing. */
  @Override
  public void close() {
    stopped.countDown();
    Consumer<byte[], byte[]> consumer = reading;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (Consumer<byte[], byte[]> consumer = consumers.get()) {
      reading = consumer;
      List<TopicPartition> partitions = assign(consumer);
      if (running()) {
        follow(consumer, partitions);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private List<TopicPartition> assign(Consumer<byte[], byte[]> consumer)
      throws InterruptedException {
    List<TopicPartition> partitions = new ArrayList<>();
    while (running()) {
      partitions.clear();
      try {
        boolean complete = sources.keySet().stream().allMatch(t -> find(consumer, t, partitions));
        if (complete) {
          consumer.assign(partitions);
          consumer.seekToBeginning(partitions);
          break;
        }
      } catch (WakeupException e) {
        break;
      } catch (KafkaException e) {
        log.warn("Feed waits for Kafka: feed={} reason={}", name, AccessRemedy.explain(e));
      }
      pause();
    }
    return partitions;
  }

  private static boolean find(
      Consumer<byte[], byte[]> consumer, String topic, List<TopicPartition> partitions) {
    List<PartitionInfo> found = consumer.partitionsFor(topic);
    found.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
    return !found.isEmpty();
  }

  private void follow(Consumer<byte[], byte[]> consumer, List<TopicPartition> partitions)
      throws InterruptedException {
    CatchUp catchUp = new CatchUp(partitions);
    ReceivedBytes received = new ReceivedBytes(consumer);
    while (running()) {
      try {
        ConsumerRecords<byte[], byte[]> batch = consumer.poll(POLL);
        if (received.grew()) {
          listener.heard();
        }
        if (!batch.isEmpty()) {
          settling.news();
        } else if (due.getAsBoolean()) {
          settling.due();
        }
        if (!deliver(consumer, batch)) {
          pause();
        } else if (settling.wanted() && catchUp.reached(consumer)) {
          settling.run();
        }
      } catch (WakeupException e) {
        break;
      } catch (KafkaException e) {
        log.warn("Feed waits for Kafka: feed={} reason={}", name, AccessRemedy.explain(e));
        pause();
      } catch (RuntimeException e) {
        log.error("Feed could not go on, tries again: feed={}", name, e);
        pause();
      }
    }
  }

  /** False when some records must be read again. */
  private boolean deliver(
      Consumer<byte[], byte[]> consumer, ConsumerRecords<byte[], byte[]> batch) {
    boolean whole = true;
    for (TopicPartition partition : batch.partitions()) {
      for (ConsumerRecord<byte[], byte[]> record : batch.records(partition)) {
        if (!deliver(record)) {
          consumer.seek(partition, record.offset());
          whole = false;
          break;
        }
      }
    }
    return whole;
  }

  /** False when the record must be read again. */
  private boolean deliver(ConsumerRecord<byte[], byte[]> record) {
    try {
      Objects.requireNonNull(sources.get(record.topic())).deliver(record);
      return true;
    } catch (UncheckedIOException e) {
      log.warn("Feed waits for the schema registry: feed={} reason={}", name, e.getMessage());
      return false;
    } catch (UndecodableRecordException e) {
      skip(record, e.reason().name(), e);
      return true;
    } catch (RuntimeException e) {
      skip(record, "HANDLER", e);
      return true;
    }
  }

  private void skip(ConsumerRecord<byte[], byte[]> record, String reason, RuntimeException cause) {
    listener.skipped(record.topic(), reason);
    log.warn(
        "Record skipped: topic={} partition={} offset={} reason={}",
        record.topic(),
        record.partition(),
        record.offset(),
        reason,
        cause);
  }

  private boolean running() {
    return stopped.getCount() > 0;
  }

  private void pause() throws InterruptedException {
    boolean stopping = stopped.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    log.debug("Feed paused: feed={} stopping={}", name, stopping);
  }
}

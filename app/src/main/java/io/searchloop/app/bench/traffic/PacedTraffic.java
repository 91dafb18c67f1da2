package io.searchloop.app.bench.traffic;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Traffic at the pace of the clock, whatever becomes of those who read it. What is written is
 * determined by the shape; when to stop is not. One thread of its own writes; one other starts and
 * ends it.
 */
public final class PacedTraffic implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final String SENTINEL = "sentinel";

  private final TrafficPublisher publisher;
  private final Traffic traffic;
  private final Thread writer;
  private volatile boolean stopped;
  private volatile long records;
  private volatile long lastArrival;
  private volatile @Nullable RuntimeException failure;

  /**
   * @param publisher closed by its owner
   * @param shape what is written, and how fast
   */
  public PacedTraffic(TrafficPublisher publisher, TrafficShape shape) {
    this.publisher = publisher;
    this.traffic = new Traffic(shape);
    this.writer = new Thread(this::write, "paced-traffic");
  }

  /** Begins to write. */
  public void start() {
    writer.start();
  }

  /** Makes clicks dearer from a while after now on, by the time of events. */
  public void raisePrices(RewardConfig config, Duration notice) {
    Instant from = Instant.ofEpochMilli(lastArrival).plus(notice);
    publisher.publish(BenchRewards.dearer(config, from));
    publisher.flush();
  }

  /** Records written so far. */
  public long records() {
    return records;
  }

  /**
   * Stops the traffic and lets event time pass everything it has opened: one record far in the
   * future goes to every partition.
   *
   * @param ahead how far in the future
   * @return event time that nothing of the traffic reaches, epoch milliseconds
   */
  public long endWithSentinels(Duration ahead) {
    close();
    RuntimeException cause = failure;
    if (cause != null) {
      throw cause;
    }
    Instant time = Instant.ofEpochMilli(lastArrival).plus(ahead);
    for (int partition = 0; partition < publisher.partitions(); partition++) {
      publisher.publish(SENTINEL, event(time, partition), partition);
      publisher.publish(SENTINEL, decision(time, partition), partition);
      records += 2;
    }
    publisher.flush();
    return time.toEpochMilli();
  }

  @Override
  public void close() {
    stopped = true;
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    long startedNanos = System.nanoTime();
    try {
      while (!stopped && traffic.hasNext()) {
        TrafficRecord next = traffic.next();
        long dueMs = next.arrivesAt() - Traffic.BEGIN.toEpochMilli();
        while (!stopped && (System.nanoTime() - startedNanos) / 1_000_000 < dueMs) {
          LockSupport.parkNanos(PAUSE.toNanos());
        }
        publisher.publish(next);
        lastArrival = next.arrivesAt();
        records++;
      }
      publisher.flush();
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private static SearchEvent event(Instant time, int partition) {
    return SearchEvent.newBuilder()
        .setEventId(SENTINEL + partition)
        .setQueryId(SENTINEL + partition)
        .setClientId(SENTINEL)
        .setActionName("query")
        .setTimestamp(time)
        .build();
  }

  private static Decision decision(Instant time, int partition) {
    String queryId = SENTINEL + partition;
    return Decision.newBuilder()
        .setQueryId(queryId)
        .setClientId(SENTINEL)
        .setTimestamp(time)
        .setMode(DecisionMode.HOLDOUT)
        .setCandidates(List.of(Candidate.newBuilder().setRolloutId(queryId + "#0").build()))
        .setServed(List.of(0))
        .build();
  }
}

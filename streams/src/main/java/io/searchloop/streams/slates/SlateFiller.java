package io.searchloop.streams.slates;

import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.streams.heads.HeadQuery;
import io.searchloop.streams.metrics.ServingMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills slates before shoppers ask: first for queries that were just missed, then for all head
 * queries, the most frequent first, within a share of one core. Begins again with each version.
 *
 * <pre>
 *   missed ----> queue --+
 *   head order, cursor --+--> SlateMaker.fill --> charge CPU --> rest
 *   retired keys -----------> tombstones
 * </pre>
 *
 * <p>{@link #missed} is safe for any thread and never waits; everything else is one thread of the
 * lowest priority.
 */
public final class SlateFiller implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SlateFiller.class);
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final int MISSES = 1_000;
  private static final int TOMBSTONES = 100;

  private final SlateMaker maker;
  private final BooleanSupplier ready;
  private final Supplier<List<HeadQuery>> heads;
  private final CpuBudget budget;
  private final InstantSource clock;
  private final LongSupplier threadCpuNanos;
  private final ServingMetrics metrics;
  private final BlockingQueue<QueryContext> misses = new ArrayBlockingQueue<>(MISSES);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "slate-filler");
  private List<HeadQuery> order = List.of();
  private int cursor;
  private @Nullable Generation filling;

  /**
   * @param ready whether the store has read the topic
   * @param heads head queries, most frequent first; another list when they changed
   * @param share of one core, above 0 and at most 1
   * @param clock measures rests
   * @param threadCpuNanos processor time of the calling thread
   */
  public SlateFiller(
      SlateMaker maker,
      BooleanSupplier ready,
      Supplier<List<HeadQuery>> heads,
      double share,
      InstantSource clock,
      LongSupplier threadCpuNanos,
      ServingMetrics metrics) {
    this.maker = maker;
    this.ready = ready;
    this.heads = heads;
    this.budget = new CpuBudget(share, clock);
    this.clock = clock;
    this.threadCpuNanos = threadCpuNanos;
    this.metrics = metrics;
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
  }

  /** Starts the thread. */
  public void start() {
    thread.start();
  }

  /** Asks for the slate of a head query that had none. */
  public void missed(QueryContext context) {
    metrics.slate(misses.offer(context) ? "missed" : "queue_full", 1);
  }

  /** Stops after the slate at hand. */
  @Override
  public void close() {
    stopped.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      boolean stopping = false;
      while (!stopping) {
        Duration rest = tryStep();
        stopping = stopped.await(rest.toNanos(), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A step that throws must not end all filling. */
  private Duration tryStep() {
    try {
      return step();
    } catch (RuntimeException e) {
      metrics.slate("failed", 1);
      log.warn("Slate not filled: reason={}", e.getMessage());
      return IDLE;
    }
  }

  /**
   * Fills one slate.
   *
   * @return how long to rest
   */
  Duration step() {
    if (!ready.getAsBoolean()) {
      return IDLE;
    }
    maker.retire(TOMBSTONES);
    Optional<QueryContext> next = next();
    if (next.isEmpty()) {
      return IDLE;
    }
    Instant begun = clock.instant();
    long before = threadCpuNanos.getAsLong();
    maker.fill(next.get());
    return budget.charge(begun, Duration.ofNanos(threadCpuNanos.getAsLong() - before));
  }

  private Optional<QueryContext> next() {
    Optional<Generation> generation = maker.generation();
    if (generation.isEmpty()) {
      return Optional.empty();
    }
    if (!generation.get().equals(filling)) {
      filling = generation.get();
      begin(heads.get());
    }
    QueryContext missed = misses.poll();
    if (missed != null) {
      return Optional.of(missed);
    }
    if (cursor >= order.size()) { // an order is gone through to its end, however often it changes
      List<HeadQuery> now = heads.get();
      if (now == order || now.isEmpty()) {
        return Optional.empty();
      }
      begin(now);
    }
    HeadQuery head = order.get(cursor++);
    return Optional.of(new QueryContext(head.query(), head.locale()));
  }

  private void begin(List<HeadQuery> heads) {
    order = heads;
    cursor = 0;
  }
}

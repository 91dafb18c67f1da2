package io.searchloop.app.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The real one: a clock and a pool of daemon threads, which it owns. */
public final class ScheduledTimeline implements Timeline {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduledTimeline.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final ScheduledThreadPoolExecutor executor;

  /**
   * @param clock tells the time events carry
   * @param threads how many tasks may run at once
   */
  public ScheduledTimeline(InstantSource clock, int threads) {
    this.clock = clock;
    this.executor =
        new ScheduledThreadPoolExecutor(
            threads,
            task -> {
              Thread thread = new Thread(task, "shoppers");
              thread.setDaemon(true);
              return thread;
            });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public void after(Duration delay, Runnable task) {
    try {
      Future<?> unused = executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.trace("Task not scheduled: the timeline is closed", e);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** An executor would keep the exception to itself. */
  private static void run(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.error("A shopper's task failed; its shopper does nothing more", e);
    }
  }
}

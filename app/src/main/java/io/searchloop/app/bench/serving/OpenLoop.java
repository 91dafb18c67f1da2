package io.searchloop.app.bench.serving;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that arrive at a constant rate, whatever becomes of earlier ones: a slow answer delays
 * nobody's arrival, and a request that had to wait for an asker waited. Stopped by {@link #close}.
 */
final class OpenLoop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OpenLoop.class);
  private static final double BILLION = 1e9;
  private static final int ASKERS = 32;

  private final ExecutorService threads = Executors.newFixedThreadPool(ASKERS);
  private final AtomicLong next = new AtomicLong();
  private final List<Future<List<Arrival>>> askers = new ArrayList<>();
  private final Request request;
  private final double nanosApart;
  private final long begin = System.nanoTime();
  private volatile boolean stopped;

  /** What is asked again and again. */
  @FunctionalInterface
  interface Request {
    /** Asks once; false when the answer was not the one asked for. */
    boolean ask() throws IOException, InterruptedException;
  }

  /**
   * A request.
   *
   * @param dueNanos when it arrived, by {@link System#nanoTime}
   * @param tookNanos from then to its answer
   * @param answered whether the answer was the one asked for
   */
  record Arrival(long dueNanos, long tookNanos, boolean answered) {}

  /**
   * Starts.
   *
   * @param request asks once; false when the answer was not the one asked for
   */
  OpenLoop(int perSecond, Request request) {
    this.request = request;
    this.nanosApart = BILLION / perSecond;
    for (int i = 0; i < ASKERS; i++) {
      askers.add(threads.submit(this::ask));
    }
  }

  /**
   * Stops, and waits for what has arrived.
   *
   * @throws IllegalStateException when an asker threw
   */
  List<Arrival> stop() {
    stopped = true;
    List<Arrival> all = new ArrayList<>();
    try {
      for (Future<List<Arrival>> asker : askers) {
        all.addAll(asker.get());
      }
      return all;
    } catch (ExecutionException e) {
      throw new IllegalStateException("An asker failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while requests end", e);
    }
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdownNow();
  }

  private List<Arrival> ask() {
    List<Arrival> arrivals = new ArrayList<>();
    while (!stopped) {
      long due = begin + (long) (nanosApart * next.getAndIncrement());
      for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
      boolean answered;
      try {
        answered = request.ask();
      } catch (IOException e) {
        log.warn("A request failed: {}", e.toString());
        answered = false; // counted
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return arrivals; // closed before it was stopped: nobody reads them
      }
      arrivals.add(new Arrival(due, System.nanoTime() - due, answered));
    }
    return arrivals;
  }
}

package io.searchloop.app.bench.serving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Askers that ask again as soon as they are answered, each on a thread of its own. */
final class ClosedLoop {
  private ClosedLoop() {}

  /**
   * Asks for a while.
   *
   * @param askers each asks once; false when the answer was not the one asked for
   * @throws IllegalStateException when one of them throws
   */
  static LoadFigures run(List<Callable<Boolean>> askers, Duration length) {
    AtomicInteger failed = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(askers.size());
    long begin = System.nanoTime();
    long end = begin + length.toNanos();
    try {
      List<Future<List<Long>>> running = new ArrayList<>();
      for (Callable<Boolean> asker : askers) {
        running.add(threads.submit(() -> ask(asker, end, failed)));
      }
      List<Long> all = new ArrayList<>();
      for (Future<List<Long>> one : running) {
        all.addAll(one.get());
      }
      return LoadFigures.of(all, failed.get(), System.nanoTime() - begin);
    } catch (ExecutionException e) {
      throw new IllegalStateException("An asker failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while asking", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Long> ask(Callable<Boolean> asker, long end, AtomicInteger failed)
      throws Exception {
    List<Long> nanos = new ArrayList<>();
    for (long begin = System.nanoTime(); begin < end || nanos.isEmpty(); ) {
      boolean answered = asker.call();
      long now = System.nanoTime();
      nanos.add(now - begin);
      if (!answered) {
        failed.incrementAndGet();
      }
      begin = now;
    }
    return nanos;
  }
}

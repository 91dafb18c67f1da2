package io.searchloop.app.bench.serving;

import io.searchloop.app.bench.JvmChild;
import io.searchloop.app.bench.ProcessMemory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A worker in a process of its own, and what it says. Confined to one thread. */
final class WorkerProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);
  private static final String HEAP = "256m";

  private final JvmChild child;
  private final Path directory;
  private final BlockingQueue<ServedPolicy> replies = new LinkedBlockingQueue<>();
  private final ServedPolicy first;

  private WorkerProcess(JvmChild child, Path directory) {
    this.child = child;
    this.directory = directory;
    Thread listener = new Thread(this::listen, "worker-replies");
    listener.setDaemon(true);
    listener.start();
    this.first = await(reply -> true, START);
  }

  /**
   * Starts a process and waits until it listens.
   *
   * @param directory where its log goes
   */
  static WorkerProcess start(WorkerOrder order, Path directory) {
    JvmChild child =
        JvmChild.start(
            ServingChildMain.class, JvmChild.flags(JvmChild.Collector.G1, HEAP), directory);
    child.send(order);
    return new WorkerProcess(child, directory);
  }

  /** Where it listens. */
  URI uri() {
    return URI.create("http://127.0.0.1:" + first.port());
  }

  /** Pages it has in memory, in bytes. */
  long residentBytes() {
    return ProcessMemory.residentBytes(child.pid());
  }

  /**
   * Waits until it says something.
   *
   * @throws IllegalStateException when it does not in time
   */
  ServedPolicy await(Predicate<ServedPolicy> condition, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    try {
      for (long left = patience.toNanos(); left > 0; left = end - System.nanoTime()) {
        Optional<ServedPolicy> reply =
            Optional.ofNullable(replies.poll(left, TimeUnit.NANOSECONDS)).filter(condition);
        if (reply.isPresent()) {
          return reply.get();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IllegalStateException(
        "A worker did not get there within %s; it %s. See the logs in %s."
            .formatted(patience, child.state(), directory));
  }

  /** Drains and ends it. */
  @Override
  public void close() {
    child.close();
  }

  private void listen() {
    for (var reply = child.next(ServedPolicy.class);
        reply.isPresent();
        reply = child.next(ServedPolicy.class)) {
      replies.add(reply.get());
    }
  }
}

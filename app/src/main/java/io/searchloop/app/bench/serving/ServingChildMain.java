package io.searchloop.app.bench.serving;

import io.searchloop.app.bench.BenchJson;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.streams.ServingConfig;
import io.searchloop.streams.ServingWorker;
import io.searchloop.streams.WorkerStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A worker in a process of its own. Reads a {@link WorkerOrder} and tells of each policy that it
 * serves. Drains and ends in peace with its input.
 */
public final class ServingChildMain {
  private static final Duration LOOK = Duration.ofMillis(2);

  private ServingChildMain() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    PrintStream lines = System.out;
    // Whatever a library prints must not be taken for a reply.
    System.setOut(System.err);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    WorkerOrder order = BenchJson.read(orders.readLine(), WorkerOrder.class);
    try (ServingWorker worker = worker(order)) {
      worker.start();
      Thread teller = new Thread(() -> tell(worker, lines), "teller");
      teller.setDaemon(true);
      teller.start();
      while (orders.readLine() != null) {
        // Nothing more to order: the end of the input is the sign to stop.
      }
      teller.interrupt();
    }
  }

  private static ServingWorker worker(WorkerOrder order) {
    ConfigBinder binder = new ConfigBinder(order.settings());
    ServingConfig config = binder.bind("serving", ServingConfig.class);
    binder.finish();
    return new ServingWorker(
        config,
        Brokers.at(order.bootstrapServers()),
        new Serdes(order.registryUrl(), false),
        InstantSource.system(),
        new SplittableRandom());
  }

  private static void tell(ServingWorker worker, PrintStream lines) {
    ServedPolicy told = served(worker);
    print(lines, told);
    while (!Thread.currentThread().isInterrupted()) {
      ServedPolicy now = served(worker);
      if (!now.sameAs(told)) {
        print(lines, now);
        told = now;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private static ServedPolicy served(ServingWorker worker) {
    WorkerStatus status = worker.status();
    return new ServedPolicy(worker.port(), status.activeVersion(), status.lineage(), Instant.now());
  }

  private static void print(PrintStream lines, ServedPolicy served) {
    lines.println(BenchJson.line(served));
    lines.flush();
  }
}

package io.searchloop.app.bench.attribution;

import io.searchloop.app.bench.BenchJson;
import io.searchloop.app.launcher.EmbeddedFlink;
import io.searchloop.schemas.client.Brokers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A process with Flink and the reward job in it, to be killed. Reads a {@link HaltOrder}, goes on
 * from the newest checkpoint and says so, then tells of each further one. Ends in peace with its
 * input.
 */
public final class HaltedFlinkMain {
  private static final Duration LOOK = Duration.ofMillis(20);

  private HaltedFlinkMain() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    PrintStream lines = System.out;
    // Whatever a library prints must not be taken for progress.
    System.setOut(System.err);
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    HaltOrder order = BenchJson.read(orders.readLine(), HaltOrder.class);
    FlinkSetup setup = order.setup();
    try (EmbeddedFlink flink =
        EmbeddedFlink.start(Path.of(setup.directory()), setup.flinkConfig())) {
      submit(flink, order);
      Thread teller = new Thread(() -> tell(flink, lines), "progress");
      teller.setDaemon(true);
      teller.start();
      while (orders.readLine() != null) {
        // Nothing more to order: the end of the input is the sign to stop.
      }
      teller.interrupt();
    }
  }

  private static void submit(EmbeddedFlink flink, HaltOrder order) {
    String job = BenchJob.REWARD.name();
    FlinkSetup setup = order.setup();
    StreamExecutionEnvironment env = flink.environment(job);
    BenchJob.REWARD.build(
        env,
        Brokers.at(setup.bootstrapServers()),
        setup.serdes(),
        "",
        order.traffic(),
        setup.parallelism());
    flink.submit(job, env);
  }

  private static void tell(EmbeddedFlink flink, PrintStream lines) {
    JobProgress told = new JobProgress(Long.MIN_VALUE, 0);
    while (!Thread.currentThread().isInterrupted()) {
      JobProgress now =
          flink
              .checkpoints(BenchJob.REWARD.name())
              .map(HaltedFlinkMain::progress)
              .orElse(new JobProgress(-1, 0));
      if (!now.equals(told)) {
        lines.println(BenchJson.line(now));
        lines.flush();
        told = now;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  private static JobProgress progress(CheckpointStatsSnapshot checkpoints) {
    var restored = checkpoints.getLatestRestoredCheckpoint();
    return new JobProgress(
        restored == null ? -1 : restored.getCheckpointId(),
        checkpoints.getCounts().getNumberOfCompletedCheckpoints());
  }
}

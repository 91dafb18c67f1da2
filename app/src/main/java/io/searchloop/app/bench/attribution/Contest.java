package io.searchloop.app.bench.attribution;

import io.searchloop.app.bench.JvmChild;
import io.searchloop.app.bench.ProcessClock;
import io.searchloop.app.bench.traffic.Backlog;
import io.searchloop.app.launcher.Platform;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The contenders' processes, one each, all alive until the end. One run at a time: they share the
 * cores. Confined to one thread.
 */
final class Contest implements AutoCloseable {
  private final Platform platform;
  private final AttributionPlan plan;
  private final Path directory;
  private final OutputTopics outputs;
  private final Map<Contender, JvmChild> processes = new EnumMap<>(Contender.class);
  private final ProcessClock clock = new ProcessClock();
  private int runs;

  Contest(Platform platform, AttributionPlan plan, Path directory) {
    this.platform = platform;
    this.plan = plan;
    this.directory = directory;
    this.outputs = new OutputTopics(platform.bootstrapServers());
  }

  /**
   * Lets a contender run over a backlog.
   *
   * @param recording where a flight recording goes; empty for none
   * @throws IllegalStateException when the run failed
   */
  AttributionRun run(
      int round, Contender contender, Backlog backlog, boolean weighState, String recording) {
    JvmChild process = processes.computeIfAbsent(contender, this::start);
    String name = contender.label() + "-" + runs++;
    ProcessClock.Reading before = clock.read();
    process.send(RunOrder.of(name, contender.job(), backlog, weighState, recording));
    RunReply reply = process.receive(RunReply.class);
    ProcessClock.Reading after = clock.read();
    RunFigures figures = reply.figures();
    if (figures == null) {
      throw new IllegalStateException(
          "Run %s failed: %s. Its log: %s".formatted(name, reply.problem(), directory(contender)));
    }
    outputs.empty(backlog.prefix());
    double brokerCpuMicros = (after.cpuNanos() - before.cpuNanos()) / 1e3 / backlog.records();
    return new AttributionRun(
        round, contender.label(), backlog.shape().open(), figures, brokerCpuMicros);
  }

  /** Flags of the processes. */
  List<String> flags() {
    return JvmChild.flags(JvmChild.Collector.PARALLEL, plan.heap());
  }

  private JvmChild start(Contender contender) {
    JvmChild process = JvmChild.start(MeasuredFlinkMain.class, flags(), directory(contender));
    process.send(
        new FlinkSetup(
            directory(contender).resolve("flink").toString(),
            platform.bootstrapServers().addresses(),
            platform.serdes().registryUrl(),
            contender.stateBackend(),
            plan.rocksdbMemoryMb(),
            plan.checkpointInterval(),
            plan.parallelism()));
    return process;
  }

  private Path directory(Contender contender) {
    return directory.resolve(contender.label());
  }

  @Override
  public void close() {
    processes.values().forEach(JvmChild::close);
    outputs.close();
  }
}

package io.searchloop.app.bench.attribution;

import io.searchloop.app.bench.ProcessClock;
import io.searchloop.app.launcher.EmbeddedFlink;
import io.searchloop.schemas.client.Brokers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * One job over one backlog, in the process that holds Flink. Figures count from the moment the
 * sources have read {@code measureFrom} records to that where they have read {@code measureTo}: the
 * state is full by then, buffers are full throughout, and no partition has run dry. One thread.
 */
final class MeasuredRun {
  private static final Duration SAMPLING = Duration.ofMillis(20);
  private static final Duration STANDSTILL = Duration.ofMinutes(2);

  /** The first checkpoint that began after the last record may be the second to complete. */
  private static final int CHECKPOINTS_TO_SETTLE = 2;

  private final EmbeddedFlink flink;
  private final FlinkSetup setup;
  private final RunOrder order;
  private final ProcessClock clock = new ProcessClock();
  private final SourceCounters counters;
  private long lastProgressNanos;
  private long progress = -1;

  MeasuredRun(EmbeddedFlink flink, FlinkSetup setup, RunOrder order) {
    this.flink = flink;
    this.setup = setup;
    this.order = order;
    this.counters = new SourceCounters(order.name(), setup.parallelism());
  }

  /**
   * Runs the job and stops it.
   *
   * @throws IllegalStateException when it failed, even if it recovered, or stands still
   */
  RunFigures call() {
    submit();
    try {
      return measure();
    } finally {
      flink.stop(order.name());
    }
  }

  private RunFigures measure() {
    lastProgressNanos = System.nanoTime();
    awaitRead(order.measureFrom() * 19 / 20);
    // Recording takes a while to start, so it does before figures count.
    FlightRecording recording = FlightRecording.start(order.recording());
    awaitRead(order.measureFrom());
    long firstRecord = counters.recordsRead();
    ProcessClock.Reading first = clock.read();
    awaitRead(order.measureTo());
    long lastRecord = counters.recordsRead();
    requireRecords(lastRecord - firstRecord);
    ProcessClock.Reading last = clock.read();
    recording.stop();
    awaitRead(order.records());
    RunFigures.StateWeight state =
        order.weighState() ? weigh() : RunFigures.StateWeight.NOT_WEIGHED;
    requireSound();
    Optional<CheckpointStatsSnapshot> checkpoints = flink.checkpoints(order.name());
    return new RunFigures(
        lastRecord - firstRecord,
        (last.nanos() - first.nanos()) / 1e9,
        (last.cpuNanos() - first.cpuNanos()) / 1e9,
        (last.gcMillis() - first.gcMillis()) / 1e3,
        flink.completedCheckpoints(order.name()),
        checkpoints.map(MeasuredRun::meanDurationMs).orElse(0.0),
        checkpoints.map(c -> c.getSummaryStats().getStateSizeStats().getMaximum()).orElse(0L),
        state);
  }

  private void requireRecords(long measured) {
    if (measured <= 0 && order.recording().isEmpty()) {
      throw new IllegalStateException(
          "Run %s read all of its %d records between two looks. Give it more of them."
              .formatted(order.name(), order.records()));
    }
  }

  private void submit() {
    StreamExecutionEnvironment env = flink.environment(order.name());
    order
        .job()
        .build(
            env,
            Brokers.at(setup.bootstrapServers()),
            setup.serdes(),
            order.prefix(),
            order.traffic(),
            setup.parallelism());
    flink.submit(order.name(), env);
  }

  private void awaitRead(long records) {
    long read = counters.recordsRead();
    while (read < records) {
      long now = System.nanoTime();
      if (read != progress) {
        progress = read;
        lastProgressNanos = now;
      } else if (now - lastProgressNanos > STANDSTILL.toNanos()) {
        requireSound();
        throw new IllegalStateException(
            "Run %s has read %d of %d records and nothing for %s. See the log in %s."
                .formatted(order.name(), read, records, STANDSTILL, setup.directory()));
      }
      LockSupport.parkNanos(SAMPLING.toNanos());
      read = counters.recordsRead();
    }
  }

  private RunFigures.StateWeight weigh() {
    long settled = flink.completedCheckpoints(order.name()) + CHECKPOINTS_TO_SETTLE;
    while (flink.completedCheckpoints(order.name()) < settled) {
      requireSound();
      LockSupport.parkNanos(SAMPLING.toNanos());
    }
    long checkpointBytes =
        flink
            .checkpoints(order.name())
            .map(c -> c.getHistory().getLatestCompletedCheckpoint())
            .map(c -> c.getStateSize())
            .orElse(0L);
    long withState = ProcessClock.usedHeapBytes();
    flink.stop(order.name());
    return new RunFigures.StateWeight(checkpointBytes, withState - ProcessClock.usedHeapBytes());
  }

  private void requireSound() {
    flink
        .lastFailure(order.name())
        .ifPresent(
            cause -> {
              throw new IllegalStateException(
                  "Run %s failed, its figures are void: %s".formatted(order.name(), cause), cause);
            });
  }

  private static double meanDurationMs(CheckpointStatsSnapshot checkpoints) {
    var summary = checkpoints.getSummaryStats().getEndToEndDurationStats();
    return summary.getCount() == 0 ? 0 : summary.getAverage();
  }
}

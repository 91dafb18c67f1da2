package io.searchloop.app.replay;

import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.Platform;
import io.searchloop.app.log.RewardConfigLog;
import io.searchloop.app.report.LoopReport;
import io.searchloop.schemas.RewardConfig;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Puts dead letters back after what they were refused for is fixed: {@code replay --dead-letters}.
 * All decisions and events of the live topics, and with them the dead letters that are usable now,
 * go through the jobs once more, in the order of their timestamps, on topics of their own. Nothing
 * on the live topics changes.
 *
 * @param prefix before the replay's topics
 * @param given settings of the command line
 * @param dataDirectory of the stopped loop; with an external Kafka only for checkpoints
 * @param clock wall clock
 * @param stages told what happens, for a person
 */
public record DeadLetterReplay(
    String prefix,
    Map<String, String> given,
    Path dataDirectory,
    InstantSource clock,
    Consumer<String> stages) {
  private static final String LABEL =
      "Original bytes and keys; records are written in the order of their timestamps, so what was late"
          + " is in time, and every window is worked off to its end.";

  /** Runs the replay. */
  public ReplayReport run() {
    LoopSettings settings = ReplaySettings.of(Map.of(), given);
    stages.accept("Starting Kafka and the schema registry ...");
    try (Platform platform = Platform.start(dataDirectory, settings)) {
      return run(platform, settings);
    }
  }

  private ReplayReport run(Platform platform, LoopSettings settings) {
    Stopwatch stopwatch = new Stopwatch(clock);
    BoundedRun run =
        new BoundedRun(
            platform,
            settings,
            dataDirectory.resolve("replays").resolve(prefix),
            prefix,
            stages,
            stopwatch);
    List<RewardConfig> configs =
        RewardConfigLog.read(platform.bootstrapServers(), platform.serdes()).schedule().configs();
    run.create(configs);
    stages.accept("Reading the live topics and the dead letters ...");
    SourceLog log =
        stopwatch.time(
            "read", () -> SourceLog.read(platform.bootstrapServers(), platform.serdes(), clock));
    stages.accept("Readmitted " + log.readmitted() + ", still refused " + log.refused());
    Map<String, Long> sent = stopwatch.time("write", () -> write(log, run));
    BoundedRun.Outcome outcome = run.run(configs);
    return report(platform, log, sent, outcome, stopwatch);
  }

  private static Map<String, Long> write(SourceLog log, BoundedRun run) {
    try (ReplayWriter writer = run.writer()) {
      log.writeTo(writer);
      return writer.sent();
    }
  }

  private ReplayReport report(
      Platform platform,
      SourceLog log,
      Map<String, Long> sent,
      BoundedRun.Outcome outcome,
      Stopwatch stopwatch) {
    Map<String, Long> input = new LinkedHashMap<>(log.admitted());
    input.put("readmitted", sum(log.readmitted()));
    input.put("refused", sum(log.refused()));
    Map<String, Map<String, Long>> equation = Equation.byTopic(outcome.audit(), prefix);
    return new ReplayReport(
        "dead-letters",
        List.of(LABEL),
        prefix,
        input,
        sent,
        equation,
        outcome.tuples(),
        outcome.audit().tuples(),
        outcome.learning(),
        readmission(platform, log),
        stopwatch.seconds(),
        ReplaySettings.effective(Map.of(), given),
        LoopReport.machineFacts(),
        ReplayReport.violations(outcome.audit(), sent, equation));
  }

  private Readmission readmission(Platform platform, SourceLog log) {
    RolloutTotals live = totals(platform, "");
    RolloutTotals replayed = totals(platform, prefix);
    return new Readmission(
        log.readmitted(),
        log.refused(),
        TupleCounts.of(platform.bootstrapServers(), platform.serdes(), ""),
        replayed.over(live, log::ofReadmittedVisitor),
        replayed.over(live, queryId -> !log.ofReadmittedVisitor(queryId)));
  }

  private static RolloutTotals totals(Platform platform, String prefix) {
    return RolloutTotals.read(platform.bootstrapServers(), platform.serdes(), prefix);
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}

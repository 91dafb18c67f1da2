package io.searchloop.app.cli;

import io.searchloop.app.audit.Audit;
import io.searchloop.app.audit.AuditReport;
import io.searchloop.app.console.ConsoleHome;
import io.searchloop.app.console.ConsoleServer;
import io.searchloop.app.console.view.LoopConnection;
import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.evaluation.EvaluationReport;
import io.searchloop.app.launcher.EmbeddedLoop;
import io.searchloop.app.launcher.LoopSettings;
import io.searchloop.app.launcher.LoopWatch;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.app.report.Arm;
import io.searchloop.app.report.LoopReport;
import io.searchloop.app.report.LoopSnapshot;
import io.searchloop.app.report.PolicyJudge;
import io.searchloop.app.report.Progress;
import io.searchloop.trainer.TrainerStatus;
import io.searchloop.trainer.intake.KafkaMinibatchSource;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One run of the demo: start, watch until time is up or the user stops it, audit, report, stop.
 *
 * @param duration from the start of this run, warm start included; null until stopped
 * @param reportFile where the report goes; null for none
 * @param repaint whether the terminal understands cursor movement
 */
record DemoRun(
    Dataset dataset,
    LoopSettings settings,
    Map<String, String> given,
    Path dataDirectory,
    Path warmStarts,
    @Nullable Duration duration,
    @Nullable Path reportFile,
    InstantSource clock,
    PrintStream out,
    boolean repaint) {
  private static final Duration REPAINT = Duration.ofSeconds(1);
  private static final Duration LINE = Duration.ofSeconds(10);

  /** Runs and returns the exit code. */
  int call() {
    Instant start = clock.instant();
    Progress progress = new Progress(out, repaint);
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    AtomicBoolean shopping = new AtomicBoolean();
    Thread hook = new Thread(() -> stopAndWait(stop, stopped, shopping), "stop-on-ctrl-c");
    Runtime.getRuntime().addShutdownHook(hook);
    try (EmbeddedLoop loop =
            EmbeddedLoop.start(
                dataDirectory, warmStarts, settings, dataset, clock, progress::stage);
        ConsoleServer console = console(loop)) {
      Instant opened = clock.instant();
      loop.openShop();
      shopping.set(true);
      progress.stage("Console: " + console.url());
      progress.stage("Shoppers are in. Ctrl-C stops cleanly; the same command resumes.");
      try (LoopWatch watch = new LoopWatch(loop, clock, opened)) {
        boolean healthy = watch(loop, watch, progress, stop, start);
        loop.closeShop();
        LoopReport report = report(loop, watch, opened);
        conclude(report);
        return healthy && report.audit().clean() ? ExitCode.OK : ExitCode.FAILED;
      }
    } finally {
      stopped.countDown();
    }
  }

  private ConsoleServer console(EmbeddedLoop loop) {
    return ConsoleServer.start(
        settings.console(),
        new LoopConnection(loop.bootstrapServers(), loop.serdes()),
        ConsoleHome.here(dataDirectory, Main.class, given),
        clock);
  }

  /** Shows progress until time is up, the user stops the run, or a part fails. */
  private boolean watch(
      EmbeddedLoop loop, LoopWatch watch, Progress progress, CountDownLatch stop, Instant start) {
    Duration pause = repaint ? REPAINT : LINE;
    while (duration == null || clock.instant().isBefore(start.plus(duration))) {
      if (awaited(stop, pause)) {
        return true;
      }
      progress.show(watch.look());
      TrainerStatus trainer = loop.trainer();
      if (trainer.phase() == TrainerStatus.Phase.FAILED) {
        out.println("The trainer stopped: " + trainer.problem());
        return false;
      }
    }
    return true;
  }

  private LoopReport report(EmbeddedLoop loop, LoopWatch watch, Instant opened) {
    out.println("Reading the topics for the audit and the report ...");
    AuditReport audit =
        new Audit(loop.bootstrapServers(), loop.serdes(), KafkaMinibatchSource.GROUP).run();
    PolicyHistory history = PolicyHistory.read(loop.bootstrapServers(), loop.serdes());
    LoopSnapshot last = watch.look();
    double identity = settings.serving().holdoutShare();
    double reference = settings.serving().referenceShare();
    return new LoopReport(
        LoopReport.SIMULATED,
        dataset.name(),
        last.elapsed().toMillis() / 60_000.0,
        LoopReport.machineFacts(),
        given,
        Map.of(
            Arm.IDENTITY, identity, Arm.REFERENCE, reference, Arm.POLICY, 1 - identity - reference),
        history.releases().stream().map(DemoRun::version).toList(),
        last,
        loop.arms().since(opened),
        loop.arms().lastThird(opened),
        audit,
        reportFile == null ? null : evaluate(loop, history));
  }

  private EvaluationReport evaluate(EmbeddedLoop loop, PolicyHistory history) {
    return new PolicyJudge(
            loop.bootstrapServers(),
            loop.serdes(),
            dataset,
            settings.serving().search(),
            settings.shoppers().seed())
        .judge(history.releases().stream().filter(PolicyHistory.Release::released).toList());
  }

  private static LoopReport.Version version(PolicyHistory.Release release) {
    return new LoopReport.Version(
        release.version(),
        release.manifest().step(),
        release.manifest().lineage(),
        release.appendedAtMs(),
        release.manifest().provenance().origin(),
        release.manifest().provenance().trainedMinibatches(),
        release.manifest().provenance().gate(),
        release.reason());
  }

  private void conclude(LoopReport report) {
    PrintWriter writer = new PrintWriter(out, true, StandardCharsets.UTF_8);
    AuditCommand.print(writer, report.audit());
    List<String> lines = report.conclusions();
    lines.forEach(out::println);
    if (reportFile != null) {
      report.write(reportFile);
      out.println("Report: " + reportFile);
    }
  }

  private static boolean awaited(CountDownLatch stop, Duration pause) {
    try {
      return stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Until the shop is open nobody looks whether to stop, and all state survives a kill. */
  private static void stopAndWait(
      CountDownLatch stop, CountDownLatch stopped, AtomicBoolean shopping) {
    stop.countDown();
    if (!shopping.get()) {
      return;
    }
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.searchloop.app.cli;

import io.searchloop.app.study.sessions.SessionPlan;
import io.searchloop.app.study.sessions.SessionReport;
import io.searchloop.app.study.sessions.SessionStudy;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop study sessions}. */
@Command(
    name = "sessions",
    description = {
      "Trains students that see the last query of a simulated session, the queries before it, or"
          + " what the catalogue recognises in it, and judges how well each foresees the next"
          + " successful query.",
      "The same command goes on where it was stopped; students that are there are kept."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Settings trainer.warm-start.* shape students.",
      "",
      "Examples:",
      "  ./searchloop study sessions --dataset data/datasets/homedepot --out DIR --seeds 1,2,3"
    })
final class StudySessionsCommand implements Callable<Integer> {
  private final Settings settings;

  @Mixin private StudyOptions study = new StudyOptions();

  @Option(
      names = "--warm-start-steps",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Supervised steps of 96 pairs that students share (default: ${DEFAULT-VALUE}).")
  private int warmStartSteps;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Further steps of 48 pairs, mostly sessions, in which they differ (default:"
              + " ${DEFAULT-VALUE}).")
  private int steps;

  @Spec private CommandSpec spec = CommandSpec.create();

  StudySessionsCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    PrintStream console = study.begin();
    SessionReport report =
        new SessionStudy(
                plan(), study::dataset, study.out(), InstantSource.system(), console::println)
            .run(ReportOptions.commandLine(spec));
    return study.finish(console, report::table, report::write);
  }

  private SessionPlan plan() {
    return StudyOptions.plan(
        spec, () -> new SessionPlan(study.seeds(), warmStartSteps, steps, settings.values()));
  }
}

package io.searchloop.app.cli;

import io.searchloop.app.study.DistillationPlan;
import io.searchloop.app.study.DistillationReport;
import io.searchloop.app.study.DistillationStudy;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop study distillation}. */
@Command(
    name = "distillation",
    description = {
      "Trains students a fifth the size of a teacher by more supervised pairs, by forward and by"
          + " reverse KL, and judges all on test queries.",
      "The same command goes on where it was stopped; students that are there are kept."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Some three minutes of one core for a student. Teachers are warm starts of study rewriting:",
      "DIR/seed-S/warm-start, trained under split S. Settings trainer.warm-start.* shape students.",
      "",
      "Examples:",
      "  ./searchloop study rewriting --dataset DIR --out TEACHERS --seeds 1,2,3 --methods grpo",
      "  ./searchloop study distillation --dataset DIR --teachers TEACHERS --out DIR --seeds 1,2,3"
    })
final class StudyDistillationCommand implements Callable<Integer> {
  private final Settings settings;

  @Mixin private StudyOptions study = new StudyOptions();

  @Option(
      names = "--teachers",
      paramLabel = "DIR",
      required = true,
      description = "Holds seed-S/warm-start, a sealed policy for each seed.")
  private Path teachers = Path.of("");

  @Option(
      names = "--warm-start-steps",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Supervised steps of 96 pairs that students share (default: ${DEFAULT-VALUE}).")
  private int warmStartSteps;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "800",
      description =
          "Further steps of 32 sequences, in which they differ (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Spec private CommandSpec spec = CommandSpec.create();

  StudyDistillationCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    PrintStream console = study.begin();
    DistillationReport report =
        new DistillationStudy(
                plan(),
                study::dataset,
                teachers,
                study.out(),
                InstantSource.system(),
                console::println)
            .run(ReportOptions.commandLine(spec));
    return study.finish(console, report::table, report::write);
  }

  private DistillationPlan plan() {
    return StudyOptions.plan(
        spec, () -> new DistillationPlan(study.seeds(), warmStartSteps, steps, settings.values()));
  }
}

package io.searchloop.app.cli;

import io.searchloop.app.judge.JudgeWeights;
import io.searchloop.app.study.PreferencePlan;
import io.searchloop.app.study.PreferenceReport;
import io.searchloop.app.study.PreferenceStudy;
import io.searchloop.schemas.config.ConfigBinder;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop study preferences}. */
@Command(
    name = "preferences",
    description = {
      "Trains a student by online DPO under a simulated judge, changes the catalogue, and trains"
          + " on: relevance, diversity and engagement under another judge.",
      "The same command goes on where it was stopped."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Some ten minutes of one core a seed.",
      "Settings train.judge.relevance, diversity and engagement weigh the training judge's terms.",
      "",
      "Examples:",
      "  ./searchloop study preferences --dataset data/datasets/homedepot --out DIR --seeds 1,2,3"
    })
final class StudyPreferencesCommand implements Callable<Integer> {
  private final Settings settings;

  @Mixin private StudyOptions study = new StudyOptions();

  @Option(
      names = "--warm-start-steps",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Supervised steps of 96 pairs (default: ${DEFAULT-VALUE}).")
  private int warmStartSteps;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "DPO steps before the change, and after it, 16 queries of 6 rewrites (default:"
              + " ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--kinds",
      paramLabel = "N",
      defaultValue = "30",
      description =
          "Kinds of products that arrive, and that are withdrawn (default: ${DEFAULT-VALUE}).")
  private int kinds;

  @Spec private CommandSpec spec = CommandSpec.create();

  StudyPreferencesCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    PrintStream console = study.begin();
    PreferenceReport report =
        new PreferenceStudy(
                plan(), study::dataset, study.out(), InstantSource.system(), console::println)
            .run(ReportOptions.commandLine(spec));
    return study.finish(
        console,
        report::table,
        file -> {
          report.write(file);
          report.draw(study.out());
        });
  }

  private PreferencePlan plan() {
    ConfigBinder binder = settings.binder();
    JudgeWeights weights = binder.bind("train.judge", JudgeWeights.class);
    binder.finish();
    return StudyOptions.plan(
        spec, () -> new PreferencePlan(study.seeds(), warmStartSteps, steps, kinds, weights));
  }
}

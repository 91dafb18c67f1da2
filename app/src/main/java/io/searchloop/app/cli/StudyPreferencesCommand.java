package io.searchloop.app.cli;

import io.searchloop.app.dataset.DatasetOptions;
import io.searchloop.app.dataset.DatasetReader;
import io.searchloop.app.judge.JudgeWeights;
import io.searchloop.app.study.PreferencePlan;
import io.searchloop.app.study.PreferenceReport;
import io.searchloop.app.study.PreferenceStudy;
import io.searchloop.schemas.config.ConfigBinder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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
      "  ./searchloop study preferences --dataset ../shared/data/homedepot --out DIR --seeds 1,2,3"
    })
final class StudyPreferencesCommand implements Callable<Integer> {
  private final Settings settings;

  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      required = true,
      description = "Products, queries and judgments.")
  private Path dataset = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where policies go, preferences.json and charts.")
  private Path out = Path.of("");

  @Option(
      names = "--seeds",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,2,3",
      description = "Seeds of splits, weights and sampling (default: ${DEFAULT-VALUE}).")
  private List<Long> seeds = List.of();

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
    // Read by logback.xml when the first logger is made, which is after this line.
    System.setProperty("searchloop.log", out.resolve("searchloop.log").toString());
    PreferenceReport report =
        new PreferenceStudy(
                plan(),
                seed -> DatasetReader.read(dataset, DatasetOptions.DEFAULT.withSplitSeed(seed)),
                out,
                InstantSource.system(),
                line -> ReportOptions.show(spec, line))
            .run(ReportOptions.commandLine(spec));
    ReportOptions.show(spec, "\n" + report.table());
    Path file = out.resolve("preferences.json");
    report.write(file);
    report.draw(out);
    ReportOptions.show(spec, "Report: " + file);
    return ExitCode.OK;
  }

  private PreferencePlan plan() {
    ConfigBinder binder = settings.binder();
    JudgeWeights weights = binder.bind("train.judge", JudgeWeights.class);
    binder.finish();
    try {
      return new PreferencePlan(seeds, warmStartSteps, steps, kinds, weights);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}

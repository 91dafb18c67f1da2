package io.searchloop.app.cli;

import io.searchloop.app.study.upkeep.UpkeepPlan;
import io.searchloop.app.study.upkeep.UpkeepReport;
import io.searchloop.app.study.upkeep.UpkeepStudy;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop study upkeep}. */
@Command(
    name = "upkeep",
    description = {
      "Trains a policy in stages by GRPO on a reward model that learned from the first policy's"
          + " pages, frozen or learned anew before each stage: does the model still agree with"
          + " people on what the policy finds?",
      "Labels are simulated. The same command goes on where it was stopped."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Policies are warm starts of study rewriting: DIR/seed-S/warm-start, trained under split S.",
      "Some seven minutes of one core a seed. Settings of train may be given, such as",
      "--engine.combination union: then rewrites are searched beside the typed query, not for it.",
      "",
      "Examples:",
      "  ./searchloop study rewriting --dataset DIR --out POLICIES --seeds 1,2,3 --methods grpo",
      "  ./searchloop study upkeep --dataset DIR --policies POLICIES --out DIR --seeds 1,2,3"
    })
final class StudyUpkeepCommand implements Callable<Integer> {
  private final Settings settings;

  @Mixin private StudyOptions study = new StudyOptions();

  @Option(
      names = "--policies",
      paramLabel = "DIR",
      required = true,
      description = "Holds seed-S/warm-start, a sealed policy for each seed.")
  private Path policies = Path.of("");

  @Option(
      names = "--stages",
      paramLabel = "N",
      defaultValue = "3",
      description = "Times that a policy is trained further (default: ${DEFAULT-VALUE}).")
  private int stages;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "60",
      description = "Steps of a stage, 32 queries of 4 rewrites (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--pages",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Labelled pages that each model is learned from (default: ${DEFAULT-VALUE}).")
  private int pages;

  @Option(
      names = "--noise",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description = "Simulated labels that are turned round (default: ${DEFAULT-VALUE}).")
  private double noise;

  @Spec private CommandSpec spec = CommandSpec.create();

  StudyUpkeepCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    PrintStream console = study.begin();
    UpkeepReport report =
        new UpkeepStudy(
                plan(), study::dataset, policies, study.out(), InstantSource.system(), console)
            .run(ReportOptions.commandLine(spec));
    return study.finish(
        console,
        report::table,
        file -> {
          report.write(file);
          report.draw(study.out());
        });
  }

  private UpkeepPlan plan() {
    return StudyOptions.plan(
        spec, () -> new UpkeepPlan(study.seeds(), stages, steps, pages, noise, settings.values()));
  }
}

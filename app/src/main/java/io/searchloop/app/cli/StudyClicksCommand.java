package io.searchloop.app.cli;

import io.searchloop.app.dataset.ClickLog;
import io.searchloop.app.study.ClickPlan;
import io.searchloop.app.study.ClickReport;
import io.searchloop.app.study.ClickStudy;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop study clicks}. */
@Command(
    name = "clicks",
    description = {
      "Learns from the first weeks of a real log of clicks, and is judged by the following ones:"
          + " where does what shoppers clicked stand?",
      "The same command goes on where it was stopped; policies that are there are kept."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Settings of train may be given.",
      "",
      "Examples:",
      "  ./searchloop study clicks --dataset data/datasets/bestbuy-xbox --out DIR --seeds 1,2,3",
      "  ./searchloop study clicks --dataset DIR --out DIR --learn-weeks 7 --test-weeks 1"
    })
final class StudyClicksCommand implements Callable<Integer> {
  private final Settings settings;

  @Mixin private StudyOptions study = new StudyOptions();

  @Option(
      names = "--learn-weeks",
      paramLabel = "N",
      defaultValue = "8",
      description = "Weeks of the log that are learned from (default: ${DEFAULT-VALUE}).")
  private int learnWeeks;

  @Option(
      names = "--test-weeks",
      paramLabel = "N",
      defaultValue = "52",
      description = "Most weeks after them that are judged by (default: ${DEFAULT-VALUE}).")
  private int testWeeks;

  @Option(
      names = "--warm-start-steps",
      paramLabel = "N",
      defaultValue = "600",
      description = "Supervised steps of 96 pairs (default: ${DEFAULT-VALUE}).")
  private int warmStartSteps;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "150",
      description =
          "Steps of learning from clicks, 32 queries of 8 rewrites (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--more-steps",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Steps with which policies go on before each further week, on all clicks until then"
              + " (default: ${DEFAULT-VALUE}).")
  private int moreSteps;

  @Spec private CommandSpec spec = CommandSpec.create();

  StudyClicksCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    PrintStream console = study.begin();
    ClickPlan plan = plan();
    ClickLog log = ClickLog.read(study.dataset());
    log.problems().first().forEach(console::println);
    console.println(log.clicks().size() + " clicks; lines left out: " + log.leftOut());
    ClickReport report =
        new ClickStudy(plan, log, study.out(), InstantSource.system(), console)
            .run(ReportOptions.commandLine(spec));
    return study.finish(console, report::table, report::write);
  }

  private ClickPlan plan() {
    return StudyOptions.plan(
        spec,
        () ->
            new ClickPlan(
                study.seeds(),
                learnWeeks,
                testWeeks,
                warmStartSteps,
                steps,
                moreSteps,
                settings.values()));
  }
}

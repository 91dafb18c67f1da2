package io.searchloop.app.cli;

import io.searchloop.app.study.OnlinePlan;
import io.searchloop.app.study.OnlineReport;
import io.searchloop.app.study.OnlineScenario;
import io.searchloop.app.study.OnlineStudy;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code study online}: what a shop earns from a loop that learns. */
@Command(
    name = "online",
    description = {
      "Runs the whole loop with simulated shoppers under scenarios, and says what its versions were"
          + " worth to them beside what does not learn.",
      "The same command goes on where it was stopped; shops that are done are kept."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A shop takes its minutes and one or two more. Settings of demo may be given.",
      "",
      "Examples:",
      "  ./searchloop study online --dataset data/datasets/homedepot --out DIR --minutes 10",
      "  ./searchloop study online --dataset DATA --out DIR --from POLICIES/seed-{seed}/warm-start \\",
      "    --scenarios learning,frozen,robots --seeds 1,2,3"
    })
final class StudyOnlineCommand implements Callable<Integer> {
  private static final String SEED = "{seed}";

  private final Settings settings;

  @Mixin private StudyOptions study = new StudyOptions();

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description =
          "Policy that loops begin with; {seed} stands for the seed. Without it each trains a warm start.")
  private @Nullable String from;

  @Option(
      names = "--scenarios",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "learning,frozen,multileaved,robots,robots-condemned,withdrawn",
      description = "What happens (default: ${DEFAULT-VALUE}).")
  private List<String> scenarios = List.of();

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long shoppers come (default: ${DEFAULT-VALUE}).")
  private double minutes;

  @Spec private CommandSpec spec = CommandSpec.create();

  StudyOnlineCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    PrintStream console = study.begin();
    OnlineReport report =
        new OnlineStudy(
                plan(),
                study::dataset,
                seed -> from == null ? null : Path.of(from.replace(SEED, Long.toString(seed))),
                study.out(),
                InstantSource.system(),
                console)
            .run(ReportOptions.commandLine(spec));
    return study.finish(
        console,
        report::table,
        file -> {
          report.write(file);
          report.draw(study.out());
        });
  }

  private OnlinePlan plan() {
    return StudyOptions.plan(
        spec,
        () ->
            new OnlinePlan(
                study.seeds(),
                scenarios.stream().map(OnlineScenario::of).toList(),
                Duration.ofMillis(Math.round(minutes * 60_000)),
                settings.values()));
  }
}

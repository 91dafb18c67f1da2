package io.searchloop.app.cli;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.DatasetReader;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.dataset.MarketplaceConfig;
import io.searchloop.app.study.ValidityPlan;
import io.searchloop.app.study.ValidityReport;
import io.searchloop.app.study.ValidityStudy;
import io.searchloop.schemas.config.ConfigBinder;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop study validity}. */
@Command(
    name = "validity",
    description =
        "Trains by GRPO from a long, a brief and no warm start, and shows how often each still gives"
            + " a valid rewrite.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exits with 1 when a warm start is valid less than 99 %% of the time, or a cold one learned.",
      "",
      "Examples:",
      "  ./searchloop study validity",
      "  ./searchloop study validity --dataset data/datasets/homedepot --seeds 1,2,3 --report v.json"
    })
final class StudyValidityCommand implements Callable<Integer> {
  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      description = "Real products, queries and judgments instead of the generated marketplace.")
  private @Nullable Path directory;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Steps of the full warm start; the brief one has a twentieth (default: 2000).")
  private int steps = 2000;

  @Option(
      names = "--grpo-steps",
      paramLabel = "N",
      defaultValue = "100",
      description = "GRPO steps after each start (default: ${DEFAULT-VALUE}).")
  private int grpoSteps = 100;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      split = ",",
      defaultValue = "1",
      description = "Seeds, one run each (default: ${DEFAULT-VALUE}).")
  private List<Long> seeds = List.of(1L);

  @Option(names = "--report", paramLabel = "FILE", description = "Write a JSON report at the end.")
  private @Nullable Path report;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ValidityPlan plan = ValidityPlan.published(steps, grpoSteps, seeds);
    ValidityReport result =
        new ValidityStudy(plan, InstantSource.system(), line -> show(out, line)).run(dataset());
    show(out, result.table());
    if (report != null) {
      result.write(report);
      show(out, "Report: " + report);
    }
    return result.confirmed() ? ExitCode.OK : ExitCode.FAILED;
  }

  private Dataset dataset() {
    return directory == null
        ? GeneratedMarketplace.generate(ConfigBinder.defaults(MarketplaceConfig.class))
        : DatasetReader.read(directory);
  }

  private static void show(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}

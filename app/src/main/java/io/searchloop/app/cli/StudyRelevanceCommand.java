package io.searchloop.app.cli;

import io.searchloop.app.dataset.DatasetOptions;
import io.searchloop.app.dataset.DatasetReader;
import io.searchloop.app.relevance.RelevanceTrainer;
import io.searchloop.app.study.RelevanceReport;
import io.searchloop.app.study.RelevanceStudy;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code searchloop study relevance}. */
@Command(
    name = "relevance",
    description = {
      "Trains relevance models from judgments of train queries, for evaluate --rerank, and says how"
          + " well they agree with judgments of test queries.",
      "Models that are there are kept."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  ./searchloop study relevance --dataset ../shared/data/homedepot --out DIR --seeds 1,2,3",
      "  ./searchloop evaluate --dataset DIR --split-seed 2 --rerank DIR/seed-2/relevance.json"
    })
final class StudyRelevanceCommand implements Callable<Integer> {
  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      required = true,
      description = "Products, queries and judgments.")
  private Path directory = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where models go, and report.json.")
  private Path out = Path.of("");

  @Option(
      names = "--seeds",
      paramLabel = "N",
      split = ",",
      defaultValue = "1",
      description = "Seeds of splits and trees (default: ${DEFAULT-VALUE}).")
  private List<Long> seeds = List.of();

  @Option(
      names = "--unjudged",
      paramLabel = "N",
      defaultValue = "" + RelevanceTrainer.UNJUDGED,
      description =
          "Products without grade that each query adds as weak signs of irrelevance; 0 agrees best"
              + " with judges and ranks worse (default: ${DEFAULT-VALUE}).")
  private int unjudged = RelevanceTrainer.UNJUDGED;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintStream console = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    RelevanceReport report =
        new RelevanceStudy(
                seeds,
                unjudged,
                seed -> DatasetReader.read(directory, DatasetOptions.DEFAULT.withSplitSeed(seed)),
                out,
                console)
            .run(ReportOptions.commandLine(spec));
    console.println();
    console.print(report.table());
    Path file = out.resolve("report.json");
    report.write(file);
    console.println("Report: " + file);
    return ExitCode.OK;
  }
}

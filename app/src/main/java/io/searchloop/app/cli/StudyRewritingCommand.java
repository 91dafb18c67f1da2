package io.searchloop.app.cli;

import io.searchloop.app.dataset.DatasetOptions;
import io.searchloop.app.dataset.DatasetReader;
import io.searchloop.app.study.RewritingMethod;
import io.searchloop.app.study.RewritingPlan;
import io.searchloop.app.study.RewritingReport;
import io.searchloop.app.study.RewritingStudy;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code searchloop study rewriting}. */
@Command(
    name = "rewriting",
    description = {
      "Trains policies by several methods from one warm start a seed, and judges them on test"
          + " queries beside what needs no learning.",
      "The same command goes on where it was stopped; policies that are there are kept."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Some 15 minutes of one core for a warm start, 5 for a method. Settings of train may be given.",
      "",
      "Examples:",
      "  ./searchloop study rewriting --dataset ../shared/data/homedepot --out DIR --seeds 1,2,3",
      "  ./searchloop study rewriting --dataset DIR --out DIR --methods grpo,dpo --steps 1000"
    })
final class StudyRewritingCommand implements Callable<Integer> {
  private final Settings settings;

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
      description = "Where policies go, and report.json.")
  private Path out = Path.of("");

  @Option(
      names = "--seeds",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,2,3",
      description = "Seeds of splits, weights and sampling (default: ${DEFAULT-VALUE}).")
  private List<Long> seeds = List.of();

  @Option(
      names = "--methods",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "leser,grpo,dpo,leret,beque",
      description =
          "leser, leser-relevance, leser-size, beque-increment, minielm-diversity (engine rewards);"
              + " grpo, dpo, leret, beque (judgments of train queries) (default:"
              + " ${DEFAULT-VALUE}).")
  private List<String> methods = List.of();

  @Option(
      names = "--warm-start-steps",
      paramLabel = "N",
      defaultValue = "6700",
      description = "Supervised steps of 96 pairs (default: ${DEFAULT-VALUE}).")
  private int warmStartSteps;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "300",
      description = "Steps of each method, 32 queries of 8 rewrites (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Spec private CommandSpec spec = CommandSpec.create();

  StudyRewritingCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    PrintStream console = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // Read by logback.xml when the first logger is made, which is after this line.
    System.setProperty("searchloop.log", out.resolve("searchloop.log").toString());
    RewritingReport report =
        new RewritingStudy(
                plan(),
                seed -> DatasetReader.read(directory, DatasetOptions.DEFAULT.withSplitSeed(seed)),
                out,
                InstantSource.system(),
                console)
            .run(ReportOptions.commandLine(spec));
    console.println();
    console.print(report.table());
    Path file = out.resolve("report.json");
    report.write(file);
    console.println("Report: " + file);
    return ExitCode.OK;
  }

  private RewritingPlan plan() {
    try {
      return new RewritingPlan(
          seeds,
          methods.stream().map(RewritingMethod::of).toList(),
          warmStartSteps,
          steps,
          settings.values());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}

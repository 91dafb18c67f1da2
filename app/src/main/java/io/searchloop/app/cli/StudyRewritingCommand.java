package io.searchloop.app.cli;

import io.searchloop.app.study.RewritingMethod;
import io.searchloop.app.study.RewritingPlan;
import io.searchloop.app.study.RewritingReport;
import io.searchloop.app.study.RewritingStudy;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      "  ./searchloop study rewriting --dataset data/datasets/homedepot --out DIR --seeds 1,2,3",
      "  ./searchloop study rewriting --dataset DIR --out DIR --methods grpo,dpo --steps 1000",
      "  ./searchloop study rewriting --dataset DIR --out DIR --methods leser,rlqr \\",
      "    --relevance MODELS/seed-{seed}/relevance.json"
    })
final class StudyRewritingCommand implements Callable<Integer> {
  private final Settings settings;

  @Mixin private StudyOptions study = new StudyOptions();

  @Option(
      names = "--methods",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "leser,grpo,dpo,leret,beque",
      description =
          "leser, leser-relevance, leser-size, rlqr, beque-increment, minielm-diversity (engine rewards);"
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

  @Option(
      names = "--relevance",
      paramLabel = "FILE",
      defaultValue = "",
      description =
          "Relevance model of engine rewards, by study relevance; {seed} stands for the seed."
              + " Without it BM25 of the corrected query rewards.")
  private String relevance = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  StudyRewritingCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    PrintStream console = study.begin();
    RewritingReport report =
        new RewritingStudy(plan(), study::dataset, study.out(), InstantSource.system(), console)
            .run(ReportOptions.commandLine(spec));
    return study.finish(console, report::table, report::write);
  }

  private RewritingPlan plan() {
    return StudyOptions.plan(
        spec,
        () ->
            new RewritingPlan(
                study.seeds(),
                methods.stream().map(RewritingMethod::of).toList(),
                warmStartSteps,
                steps,
                relevance,
                settings.values()));
  }
}

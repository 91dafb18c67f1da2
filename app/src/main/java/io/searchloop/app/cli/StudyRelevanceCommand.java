package io.searchloop.app.cli;

import io.searchloop.app.relevance.RelevanceTrainer;
import io.searchloop.app.study.RelevanceReport;
import io.searchloop.app.study.RelevanceStudy;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "  ./searchloop study relevance --dataset data/datasets/homedepot --out DIR --seeds 1,2,3",
      "  ./searchloop evaluate --dataset DIR --split-seed 2 --rerank DIR/seed-2/relevance.json"
    })
final class StudyRelevanceCommand implements Callable<Integer> {
  @Mixin private StudyOptions study = new StudyOptions();

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
    PrintStream console = study.begin();
    RelevanceReport report =
        new RelevanceStudy(study.seeds(), unjudged, study::dataset, study.out(), console)
            .run(ReportOptions.commandLine(spec));
    return study.finish(console, report::table, report::write);
  }
}

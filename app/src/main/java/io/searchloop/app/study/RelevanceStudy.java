package io.searchloop.app.study;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.relevance.JudgeAgreement;
import io.searchloop.app.relevance.LearnedRelevance;
import io.searchloop.app.relevance.RelevanceTrainer;
import io.searchloop.app.relevance.SavedRelevance;
import io.searchloop.app.report.LoopReport;
import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.relevance.Bm25Relevance;
import io.searchloop.search.relevance.CorrectedRelevance;
import io.searchloop.search.relevance.RelevanceModel;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * How well does a relevance model that learned from judgments agree with judgments of queries it
 * never read? Trains one a seed, which is the seed of split and trees, beside one that needs no
 * training. Models that are there already are kept. Runs on the caller's thread.
 */
public final class RelevanceStudy {
  private static final long BOOTSTRAP = 1;

  private final List<Long> seeds;
  private final int unjudged;
  private final LongFunction<Dataset> datasets;
  private final Path directory;
  private final PrintStream console;

  /**
   * @param unjudged products without grade that each query adds, see {@link RelevanceTrainer}
   * @param datasets the dataset under the split of a seed
   * @param directory where models go: {@code seed-1/relevance.json}
   */
  public RelevanceStudy(
      List<Long> seeds,
      int unjudged,
      LongFunction<Dataset> datasets,
      Path directory,
      PrintStream console) {
    this.seeds = List.copyOf(seeds);
    this.unjudged = unjudged;
    this.datasets = datasets;
    this.directory = directory;
    this.console = console;
  }

  /**
   * Runs what is left.
   *
   * @param command the command line, for the report
   * @throws IllegalStateException when a model that is there was trained under other settings
   */
  public RelevanceReport run(List<String> command) {
    List<RelevanceReport.Row> rows = new ArrayList<>();
    for (long seed : seeds) {
      rows.add(row(datasets.apply(seed), seed));
    }
    return new RelevanceReport(command, LoopReport.machineFacts(), rows);
  }

  private RelevanceReport.Row row(Dataset dataset, long seed) {
    Path file = directory.resolve("seed-" + seed).resolve("relevance.json");
    try (LuceneSearchEngine engine =
        LuceneSearchEngine.index(dataset.products(), 1, Bm25.DEFAULT)) {
      MadeUnder made = MadeUnder.of(dataset, Map.of("unjudged", Integer.toString(unjudged)), null);
      if (Files.exists(file)) {
        made.requireSame(file, console::println);
      } else {
        console.println("Training " + file + " ...");
        made.keep(file);
        new RelevanceTrainer(dataset, engine, unjudged, seed).train().write(file);
      }
      SavedRelevance saved = SavedRelevance.read(file);
      console.println("Judging on test queries of split " + seed + " ...");
      List<JudgedQuery> queries = dataset.queries(Split.TEST);
      try (RelevanceModel learned = LearnedRelevance.of(saved, dataset.products(), engine);
          RelevanceModel untrained =
              new CorrectedRelevance(
                  Bm25Relevance.of(dataset.products(), Bm25.DEFAULT),
                  new SpellingArm(engine.vocabulary()))) {
        return new RelevanceReport.Row(
            seed,
            saved.judgments(),
            saved.unjudged(),
            saved.rounds(),
            saved.weight(),
            JudgeAgreement.of(learned, dataset, queries, BOOTSTRAP),
            JudgeAgreement.of(untrained, dataset, queries, BOOTSTRAP));
      }
    }
  }
}

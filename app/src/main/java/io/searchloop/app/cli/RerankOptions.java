package io.searchloop.app.cli;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.evaluation.RankedSearch;
import io.searchloop.app.relevance.RelevanceTrainer;
import io.searchloop.app.relevance.SavedRelevance;
import io.searchloop.search.engine.LuceneSearchEngine;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether results are re-ranked by a relevance model, and where it comes from. */
final class RerankOptions {
  private static final String TRAIN = "";
  private static final long SEED = 1;

  @Option(
      names = "--rerank",
      arity = "0..1",
      fallbackValue = TRAIN,
      paramLabel = "FILE",
      description =
          "Re-rank the first 300 of every policy by a relevance model of `study relevance`; without"
              + " FILE it is trained now, on train judgments.")
  private @Nullable String model;

  /**
   * Ranks as told.
   *
   * @param given whether the queries are the caller's own, which no split knows
   * @param lessons what a model may be trained on
   */
  RankedSearch search(
      Dataset dataset, LuceneSearchEngine engine, boolean given, Supplier<Dataset> lessons) {
    String file = model;
    if (file == null) {
      return RankedSearch.asFound(engine);
    }
    SavedRelevance relevance =
        file.equals(TRAIN)
            ? new RelevanceTrainer(lessons.get(), engine, RelevanceTrainer.UNJUDGED, SEED).train()
            : SavedRelevance.read(Path.of(file));
    if (!given) {
      relevance.requireUnread(dataset);
    }
    return RankedSearch.reranked(engine, dataset.products(), relevance);
  }
}

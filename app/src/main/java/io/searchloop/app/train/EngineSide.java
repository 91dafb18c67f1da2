package io.searchloop.app.train;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.relevance.LearnedRelevance;
import io.searchloop.app.relevance.RememberedRelevance;
import io.searchloop.app.relevance.SavedRelevance;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.query.FusedSearch;
import io.searchloop.search.query.SearchRule;
import io.searchloop.search.query.ServedSearch;
import io.searchloop.search.relevance.Bm25Relevance;
import io.searchloop.search.relevance.CorrectedRelevance;
import io.searchloop.search.relevance.RelevanceModel;
import io.searchloop.trainer.offline.EngineFeedback;
import java.nio.file.Path;

/**
 * The engine that finds and the model that rewards, over the dataset's catalogue. The model is the
 * loop's own, BM25 of the corrected query in which judgments take no part, or one that was learned
 * from train judgments. Owns both until {@link #close}.
 */
public final class EngineSide implements AutoCloseable {
  private final LuceneSearchEngine engine;
  private final FusedSearch fused;
  private final RelevanceModel relevance;

  private EngineSide(LuceneSearchEngine engine, FusedSearch fused, RelevanceModel relevance) {
    this.engine = engine;
    this.fused = fused;
    this.relevance = relevance;
  }

  /** Indexes the catalogue of a dataset; BM25 rewards. */
  public static EngineSide open(Dataset dataset) {
    LuceneSearchEngine engine = index(dataset);
    RelevanceModel judge = Bm25Relevance.of(dataset.products(), Bm25.DEFAULT);
    FusedSearch fused = fused(engine);
    return new EngineSide(engine, fused, new CorrectedRelevance(judge, fused.spelling()));
  }

  /**
   * Indexes the catalogue of a dataset; what was learned from its train judgments rewards.
   *
   * @throws IllegalArgumentException when the model has read test judgments
   */
  public static EngineSide open(Dataset dataset, SavedRelevance learned) {
    learned.requireUnread(dataset);
    LuceneSearchEngine engine = index(dataset);
    return new EngineSide(
        engine,
        fused(engine),
        new RememberedRelevance(LearnedRelevance.of(learned, dataset.products(), engine)));
  }

  /** As the settings say. */
  static EngineSide open(Dataset dataset, FeedbackConfig feedback) {
    return feedback.relevance().isEmpty()
        ? open(dataset)
        : open(dataset, SavedRelevance.read(Path.of(feedback.relevance())));
  }

  private static LuceneSearchEngine index(Dataset dataset) {
    return LuceneSearchEngine.index(dataset.products(), 1, Bm25.DEFAULT);
  }

  private static FusedSearch fused(LuceneSearchEngine engine) {
    return SearchRule.DEFAULT.over(engine.vocabulary()).fused();
  }

  /** Closed with this. */
  public LuceneSearchEngine engine() {
    return engine;
  }

  /** What rewards; closed with this. */
  public RelevanceModel relevance() {
    return relevance;
  }

  /** How rewrites are served beside the spelling checker, which remembers what it looked for. */
  public FusedSearch fused() {
    return fused;
  }

  EngineFeedback feedback(TrainSettings settings) {
    return new EngineFeedback(
        engine,
        relevance,
        settings.prices().model(settings.engine()),
        new ServedSearch(fused, settings.engine().combination()),
        settings.engine().depth());
  }

  @Override
  public void close() {
    relevance.close();
    engine.close();
  }
}

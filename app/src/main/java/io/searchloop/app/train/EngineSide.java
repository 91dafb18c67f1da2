package io.searchloop.app.train;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.query.FusedSearch;
import io.searchloop.search.query.SearchRule;
import io.searchloop.search.query.ServedSearch;
import io.searchloop.search.relevance.Bm25Relevance;
import io.searchloop.search.relevance.CorrectedRelevance;
import io.searchloop.search.relevance.RelevanceModel;
import io.searchloop.trainer.offline.EngineFeedback;

/**
 * The engine that finds and the model that rewards: the loop's own, over the dataset's catalogue.
 * Judgments take no part in the model. Owns both until {@link #close}.
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

  /** Indexes the catalogue of a dataset. */
  public static EngineSide open(Dataset dataset) {
    LuceneSearchEngine engine = LuceneSearchEngine.index(dataset.products(), 1, Bm25.DEFAULT);
    RelevanceModel judge = Bm25Relevance.of(dataset.products(), Bm25.DEFAULT);
    FusedSearch fused = SearchRule.DEFAULT.over(engine.vocabulary()).fused();
    return new EngineSide(engine, fused, new CorrectedRelevance(judge, fused.spelling()));
  }

  /** Closed with this. */
  public LuceneSearchEngine engine() {
    return engine;
  }

  /** BM25 of the corrected query; closed with this. */
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

package io.searchloop.app.train;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.FusedSearch;
import io.searchloop.search.query.SearchRule;
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
  private final RelevanceModel relevance;

  private EngineSide(LuceneSearchEngine engine, RelevanceModel relevance) {
    this.engine = engine;
    this.relevance = relevance;
  }

  /** Indexes the catalogue of a dataset. */
  public static EngineSide open(Dataset dataset) {
    LuceneSearchEngine engine = LuceneSearchEngine.index(dataset.products(), 1, Bm25.DEFAULT);
    RelevanceModel judge = Bm25Relevance.of(dataset.products(), Bm25.DEFAULT);
    return new EngineSide(
        engine, new CorrectedRelevance(judge, new SpellingArm(engine.vocabulary())));
  }

  /** Closed with this. */
  public LuceneSearchEngine engine() {
    return engine;
  }

  /** BM25 of the corrected query; closed with this. */
  public RelevanceModel relevance() {
    return relevance;
  }

  /** How rewrites are served beside the spelling checker. */
  public FusedSearch fused() {
    return new FusedSearch(new SpellingArm(engine.vocabulary()), FusionWeights.DEFAULT);
  }

  EngineFeedback feedback(TrainSettings settings) {
    SearchRule rule = new SearchRule(settings.engine().combination(), true, FusionWeights.DEFAULT);
    return new EngineFeedback(
        engine,
        relevance,
        settings.prices().model(settings.engine()),
        rule.over(engine.vocabulary()),
        settings.engine().depth());
  }

  @Override
  public void close() {
    relevance.close();
    engine.close();
  }
}

package io.searchloop.app.evaluation;

import io.searchloop.app.relevance.LearnedRelevance;
import io.searchloop.app.relevance.RememberedRelevance;
import io.searchloop.app.relevance.Reranker;
import io.searchloop.app.relevance.SavedRelevance;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.QueryForm;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.search.relevance.RelevanceModel;

/**
 * How every strategy's search is ranked: as the engine ranks, or re-ranked by a relevance model.
 * The same for all of them, so that a gain of the ranking is not credited to rewriting. One thread;
 * holds the model until {@link #close}.
 */
public final class RankedSearch implements AutoCloseable {
  private final Ranking ranking;
  private final String label;
  private final boolean timed;
  private final Runnable onClose;

  private RankedSearch(Ranking ranking, String label, boolean timed, Runnable onClose) {
    this.ranking = ranking;
    this.label = label;
    this.timed = timed;
    this.onClose = onClose;
  }

  /** As the engine ranks. */
  public static RankedSearch asFound(LuceneSearchEngine engine) {
    return new RankedSearch(
        (typed, form, limit) -> engine.search(form, limit), "no re-ranking", true, () -> {});
  }

  /**
   * Re-ranked by a saved model.
   *
   * @param engine index of the products; stays the caller's
   */
  public static RankedSearch reranked(
      LuceneSearchEngine engine, Iterable<Product> products, SavedRelevance saved) {
    String label =
        "first %d re-ranked by BM25 + %s f, f trained on %s, split %d, seed %d"
            .formatted(
                Reranker.DEPTH, saved.weight(), saved.dataset(), saved.splitSeed(), saved.seed());
    return reranked(engine, LearnedRelevance.of(saved, products, engine), saved.weight(), label);
  }

  /**
   * Re-ranked by any model.
   *
   * @param model closed with this
   */
  static RankedSearch reranked(
      LuceneSearchEngine engine, RelevanceModel model, double weight, String label) {
    RelevanceModel remembered = new RememberedRelevance(model);
    return new RankedSearch(
        new Reranker(engine, remembered, weight)::search, label, false, remembered::close);
  }

  /**
   * The best products.
   *
   * @param typed the shopper's words
   * @param form what is searched for them
   */
  SearchResults search(String typed, QueryForm form, int limit) {
    return ranking.search(typed, form, limit);
  }

  /** The ranking in words. */
  public String label() {
    return label;
  }

  /**
   * Whether its time is that of one strategy alone. What re-ranks remembers its answers, so that
   * the strategies judged first pay for those judged later.
   */
  boolean timed() {
    return timed;
  }

  @Override
  public void close() {
    onClose.run();
  }

  /** Finds the first products of a form. */
  @FunctionalInterface
  private interface Ranking {
    SearchResults search(String typed, QueryForm form, int limit);
  }
}

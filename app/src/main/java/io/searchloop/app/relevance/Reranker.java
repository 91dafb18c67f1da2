package io.searchloop.app.relevance;

import io.searchloop.search.engine.Hit;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.QueryForm;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.search.relevance.RelevanceModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Orders the first {@value #DEPTH} hits of any search by BM25 and relevance together:
 *
 * <pre>
 *   score(d) = bm25(d) + weight * f(q,d)
 * </pre>
 *
 * <p>q is what the shopper typed, whatever was searched. Example at weight 20: bm25 9.0 with f .3
 * gives 15.0, bm25 8.0 with f .4 gives 16.0 and goes first. What is found does not change, beyond
 * the first hits what is shown first does. Any thread, while engine and model are open.
 */
public final class Reranker {
  /** Hits that are put in order. */
  public static final int DEPTH = 300;

  private final LuceneSearchEngine engine;
  private final RelevanceModel model;
  private final double weight;

  /**
   * @param engine finds; stays the caller's
   * @param model judges; stays the caller's
   * @param weight of f beside BM25; 0 leaves the order as it is
   */
  public Reranker(LuceneSearchEngine engine, RelevanceModel model, double weight) {
    this.engine = engine;
    this.model = model;
    this.weight = weight;
  }

  /**
   * The best products for a query in any form.
   *
   * @param typed the shopper's words
   * @param limit most hits to return; no more than {@value #DEPTH} are known
   */
  public SearchResults search(String typed, QueryForm form, int limit) {
    SearchResults found = engine.search(form, DEPTH);
    List<Hit> ordered = mixed(found.hits(), model.relevance(typed, found.productIds()), weight);
    return new SearchResults(
        ordered.subList(0, Math.min(limit, ordered.size())), found.totalHits(), found.epoch());
  }

  /** Hits by the mixture, best first; equal scores stay as they are. */
  static List<Hit> mixed(List<Hit> hits, double[] relevance, double weight) {
    List<Hit> mixed = new ArrayList<>(hits.size());
    for (int i = 0; i < hits.size(); i++) {
      Hit hit = hits.get(i);
      mixed.add(new Hit(hit.productId(), hit.score() + weight * relevance[i]));
    }
    mixed.sort(Comparator.comparingDouble(Hit::score).reversed());
    return mixed;
  }
}

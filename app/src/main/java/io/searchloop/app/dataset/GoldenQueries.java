package io.searchloop.app.dataset;

import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.evaluation.RankingMetrics;
import io.searchloop.search.query.ServedSearch;
import io.searchloop.trainer.publish.GoldenSet;
import java.util.List;

/**
 * Judged queries of the training split, searched as workers search: the rewrite joins the query as
 * typed and the spelling checker. Never of the test split, which no release may be chosen by.
 */
public final class GoldenQueries implements GoldenSet {
  private static final int SHOWN = 10;

  private final Dataset dataset;
  private final SearchEngine engine;
  private final List<JudgedQuery> judged;
  private final List<String> queries;
  private final ServedSearch search;

  /**
   * @param engine index of the dataset's products; stays the caller's
   * @param search how workers search it
   * @param count most queries to use, in the dataset's order
   */
  public GoldenQueries(Dataset dataset, SearchEngine engine, ServedSearch search, int count) {
    this.dataset = dataset;
    this.engine = engine;
    this.search = search;
    this.judged =
        dataset.queries(Split.TRAIN).stream()
            .filter(query -> !dataset.relevant(query).isEmpty())
            .limit(count)
            .toList();
    this.queries = judged.stream().map(JudgedQuery::text).toList();
  }

  @Override
  public List<String> queries() {
    return queries;
  }

  @Override
  public double ndcg(List<String> rewrites) {
    double sum = 0;
    for (int i = 0; i < judged.size(); i++) {
      SearchQuery served = search.of(queries.get(i)).with(List.of(rewrites.get(i)));
      List<String> ranking = engine.search(served, SHOWN).productIds();
      sum += RankingMetrics.ndcg(ranking, dataset.gains(judged.get(i)), SHOWN);
    }
    return judged.isEmpty() ? 0 : sum / judged.size();
  }
}

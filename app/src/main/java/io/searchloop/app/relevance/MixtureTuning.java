package io.searchloop.app.relevance;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import io.searchloop.search.engine.Hit;
import io.searchloop.search.evaluation.RankingMetrics;
import java.util.List;
import java.util.Map;

/**
 * Chooses how much f weighs beside BM25: the weight of the best mean nDCG@10 of dev queries,
 * searched by typed query and spelling checker. One thread.
 */
final class MixtureTuning {
  private static final double[] WEIGHTS = {0, 5, 10, 15, 20, 30, 40, 60, 80, 160};
  private static final int SHOWN = 10;

  private final Dataset dataset;
  private final QueryReader reader;
  private final LearnedRelevance model;

  MixtureTuning(Dataset dataset, QueryReader reader, LearnedRelevance model) {
    this.dataset = dataset;
    this.reader = reader;
    this.model = model;
  }

  /** The best weight; the smallest of several. */
  double best() {
    double[] sums = new double[WEIGHTS.length];
    for (JudgedQuery query : dataset.queries(Split.DEV)) {
      Map<String, Double> gains = dataset.gains(query);
      QueryReader.Found found = reader.find(query.text(), Reranker.DEPTH);
      List<Hit> hits = found.hits();
      double[] relevance =
          model.relevance(found.reading(), hits.stream().map(Hit::productId).toList());
      for (int i = 0; i < WEIGHTS.length; i++) {
        List<String> ranking =
            Reranker.mixed(hits, relevance, WEIGHTS[i]).stream().map(Hit::productId).toList();
        sums[i] += RankingMetrics.ndcg(ranking, gains, SHOWN);
      }
    }
    int best = 0;
    for (int i = 1; i < sums.length; i++) {
      best = sums[i] > sums[best] ? i : best;
    }
    return WEIGHTS[best];
  }
}

package io.searchloop.app.train;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.search.evaluation.RankingMetrics;
import java.util.List;

/** What a list of products is worth to those who typed a query. Any thread. */
@FunctionalInterface
interface Worth {
  /** Products of a list that are looked at. */
  int SHOWN = 10;

  /** Products of a list at all. */
  int DEPTH = 100;

  /** Worth of at most {@value #DEPTH} products, best first. */
  double of(JudgedQuery query, List<String> ranking);

  /** By judgments: a nDCG@k + b recall@100, k of {@code train.feedback.depth}. */
  static Worth judged(Dataset dataset, FeedbackConfig prices) {
    return (query, ranking) ->
        prices.ndcg() * RankingMetrics.ndcg(ranking, dataset.gains(query), prices.depth())
            + prices.recall() * RankingMetrics.recall(ranking, dataset.relevant(query), DEPTH);
  }

  /**
   * By clicks, whose shares are the grades: a times the reciprocal rank@10 that the mean click
   * would have had, and b times the share of clicks on the list at all.
   *
   * <pre>
   *   sum over products d of clicks(d) / clicks * ( a [rank(d) &lt;= 10] / rank(d) + b [rank(d) &lt;= 100] )
   * </pre>
   *
   * <p>Example: 8 of 10 clicks went to the second product, 2 to the eleventh: .8 / 2 a + b.
   */
  static Worth clicked(FeedbackConfig prices) {
    return (query, ranking) -> {
      double worth = 0;
      for (int i = 0; i < ranking.size(); i++) {
        double share = query.grades().getOrDefault(ranking.get(i), 0.0);
        worth += share * (prices.recall() + (i < SHOWN ? prices.ndcg() / (i + 1) : 0));
      }
      return worth;
    };
  }
}

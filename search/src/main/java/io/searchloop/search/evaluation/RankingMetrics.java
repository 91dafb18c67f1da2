package io.searchloop.search.evaluation;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How good one ranking is, by judgments. Rankings are distinct product ids, best first; gains are
 * judged products with their gain (state the scale beside the figure: Home Depot's grade 1 to 3
 * becomes gain 0 to 2). Gains are used as they are, never exponentiated.
 *
 * <p>A product without a judgment gains nothing in {@link #ndcg}; where few are judged, report
 * {@link #condensedNdcg}, {@link #recall} and {@link #nullRate} beside it.
 *
 * <p>Queries for which no product is good (all gains zero, none relevant) score 0 whatever is
 * returned: leave them out of means, or say that they are in.
 *
 * <p>Pure functions; any thread.
 */
public final class RankingMetrics {
  private RankingMetrics() {}

  /**
   * Normalised discounted cumulative gain (Järvelin and Kekäläinen, 2002), 0 to 1:
   *
   * <pre>
   *   DCG@k = sum over ranks i = 1..k of gain_i / log2(i + 1);   nDCG@k = DCG@k / ideal DCG@k
   * </pre>
   *
   * <p>Example: gains {a: 2, b: 1}, ranking [b, x, a] gives (1 + 0 + 2/2) / (2 + 1/1.58496) =
   * .76019.
   *
   * @param gains gain by judged product, none negative
   * @param k ranks that count, at least 1
   */
  public static double ndcg(List<String> ranking, Map<String, Double> gains, int k) {
    requireRanks(k);
    double ideal = dcg(gains.values().stream().sorted(Comparator.reverseOrder()).toList(), k);
    if (ideal == 0) {
      return 0;
    }
    return dcg(ranking.stream().limit(k).map(id -> gains.getOrDefault(id, 0.0)).toList(), k)
        / ideal;
  }

  /**
   * {@link #ndcg} of the judged products alone, the others taken out of the ranking first (Sakai,
   * "Alternatives to Bpref", SIGIR 2007): unjudged is not irrelevant. Pass a deep ranking, or few
   * judged products are left.
   */
  public static double condensedNdcg(List<String> ranking, Map<String, Double> gains, int k) {
    return ndcg(ranking.stream().filter(gains::containsKey).toList(), gains, k);
  }

  /** Share of the relevant products that the first k ranks hold, 0 to 1. */
  public static double recall(List<String> ranking, Set<String> relevant, int k) {
    requireRanks(k);
    if (relevant.isEmpty()) {
      return 0;
    }
    long found = ranking.stream().limit(k).filter(relevant::contains).count();
    return (double) found / relevant.size();
  }

  /** One over the rank of the first relevant product; 0 when the ranking has none. */
  public static double reciprocalRank(List<String> ranking, Set<String> relevant) {
    for (int i = 0; i < ranking.size(); i++) {
      if (relevant.contains(ranking.get(i))) {
        return 1.0 / (i + 1);
      }
    }
    return 0;
  }

  /**
   * Share of searches that found nothing, 0 to 1.
   *
   * @param totalHits hits of each search, at least one search
   */
  public static double nullRate(Collection<Long> totalHits) {
    if (totalHits.isEmpty()) {
      throw new IllegalArgumentException(
          "Null rate of 0 searches, expected at least one. Check that the queries were read.");
    }
    return (double) totalHits.stream().filter(total -> total == 0).count() / totalHits.size();
  }

  private static double dcg(List<Double> gains, int k) {
    double sum = 0;
    for (int i = 0; i < Math.min(k, gains.size()); i++) {
      sum += gains.get(i) * Math.log(2) / Math.log(i + 2);
    }
    return sum;
  }

  private static void requireRanks(int k) {
    if (k < 1) {
      throw new IllegalArgumentException(
          "Metric at rank %d, expected at least 1. The usual depths are 10 and 100.".formatted(k));
    }
  }
}

package io.searchloop.app.study.upkeep;

import io.searchloop.search.evaluation.PairedBootstrap;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What pages earn, before and after, by a model and by people: where the model saw more of a gain
 * than there was, the policy won it from the model (reward hacking).
 *
 * @param queries how many pages there are
 */
record PageRewards(int queries) {
  private static final long BOOTSTRAP = 1;
  private static final int RESAMPLES = 1_000;

  /**
   * Compares two policies' pages.
   *
   * @param kind products that count; queries without one on either page are left out
   * @param claims the model's scores of {@code found}
   * @param claimsBefore the model's scores of {@code before}
   * @return empty when no query is left
   */
  Optional<RewardFigures> compare(
      ProductKind kind,
      List<FoundProduct> found,
      double[] claims,
      List<FoundProduct> before,
      double[] claimsBefore) {
    double[] claimed = means(kind, found, i -> claims[i]);
    double[] claimedBefore = means(kind, before, i -> claimsBefore[i]);
    double[] real = means(kind, found, i -> found.get(i).label());
    double[] realBefore = means(kind, before, i -> before.get(i).label());
    int[] both =
        IntStream.range(0, queries)
            .filter(query -> !Double.isNaN(claimed[query] + claimedBefore[query]))
            .toArray();
    if (both.length == 0) {
      return Optional.empty();
    }
    double[] claimedGain = of(both, query -> claimed[query] - claimedBefore[query]);
    double[] realGain = of(both, query -> real[query] - realBefore[query]);
    double[] none = new double[both.length];
    return Optional.of(
        new RewardFigures(
            both.length,
            Arrays.stream(both).mapToDouble(query -> claimed[query]).average().orElseThrow(),
            Arrays.stream(both).mapToDouble(query -> real[query]).average().orElseThrow(),
            PairedBootstrap.difference(claimedGain, none, RESAMPLES, new Random(BOOTSTRAP)),
            PairedBootstrap.difference(realGain, none, RESAMPLES, new Random(BOOTSTRAP)),
            PairedBootstrap.difference(claimedGain, realGain, RESAMPLES, new Random(BOOTSTRAP))));
  }

  /** Mean of each query's products; NaN where it has none. */
  private double[] means(ProductKind kind, List<FoundProduct> found, IntToDoubleFunction value) {
    double[] sums = new double[queries];
    int[] counts = new int[queries];
    for (int i = 0; i < found.size(); i++) {
      if (kind.has(found.get(i))) {
        sums[found.get(i).query()] += value.applyAsDouble(i);
        counts[found.get(i).query()]++;
      }
    }
    Arrays.setAll(sums, query -> sums[query] / counts[query]);
    return sums;
  }

  private static double[] of(int[] queries, IntToDoubleFunction value) {
    return Arrays.stream(queries).mapToDouble(value).toArray();
  }
}

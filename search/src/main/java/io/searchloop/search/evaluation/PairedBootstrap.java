package io.searchloop.search.evaluation;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Compares two systems on the same queries. Pairing removes the largest noise, that some queries
 * are harder than others; resampling assumes no distribution, which nDCG does not have (Efron and
 * Tibshirani, "An Introduction to the Bootstrap", 1993; for retrieval Sakai, SIGIR 2006).
 */
public final class PairedBootstrap {
  private PairedBootstrap() {}

  /**
   * Mean of {@code a[i] - b[i]} with its 95% percentile interval. The same generator state gives
   * the same interval.
   *
   * @param a metric of the system under test, one value a query
   * @param b metric of the baseline on the same queries in the same order
   * @param resamples how many times to draw as many queries with replacement, at least 100; 1,000
   *     is usual
   * @param rng draws the queries; seed it and report the seed
   */
  public static Interval difference(double[] a, double[] b, int resamples, RandomGenerator rng) {
    requirePairs(a, b, resamples);
    double[] differences = new double[a.length];
    Arrays.setAll(differences, i -> a[i] - b[i]);
    double[] means = new double[resamples];
    Arrays.setAll(means, i -> resampledMean(differences, rng));
    double mean = Arrays.stream(differences).average().orElseThrow();
    return Interval.percentile(mean, means);
  }

  /**
   * The same where observations come in clusters, such as the clicks of a query, which stand or
   * fall together: clusters are drawn, each with all it holds, and the mean is taken over what they
   * hold. Example: differences that add up to 3 over 10 clicks of one query and to 0 over 2 of
   * another have mean 3/12, between 0 and .3.
   *
   * @param sums summed differences of each cluster
   * @param sizes observations of each cluster, above zero
   * @param resamples how many times to draw as many clusters, at least 100
   * @param rng draws the clusters
   */
  public static Interval clustered(
      double[] sums, double[] sizes, int resamples, RandomGenerator rng) {
    requirePairs(sums, sizes, resamples);
    double[] means = new double[resamples];
    Arrays.setAll(means, i -> resampledRatio(sums, sizes, rng));
    double mean = Arrays.stream(sums).sum() / Arrays.stream(sizes).sum();
    return Interval.percentile(mean, means);
  }

  private static double resampledRatio(double[] sums, double[] sizes, RandomGenerator rng) {
    double sum = 0;
    double size = 0;
    for (int i = 0; i < sums.length; i++) {
      int drawn = rng.nextInt(sums.length);
      sum += sums[drawn];
      size += sizes[drawn];
    }
    return sum / size;
  }

  private static double resampledMean(double[] values, RandomGenerator rng) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += values[rng.nextInt(values.length)];
    }
    return sum / values.length;
  }

  private static void requirePairs(double[] a, double[] b, int resamples) {
    if (a.length != b.length || a.length == 0) {
      throw new IllegalArgumentException(
          "Paired comparison of %d and %d values, expected as many of each and at least one. Score"
                  .formatted(a.length, b.length)
              + " both systems on the same queries, or use Welch for different visitors.");
    }
    if (resamples < 100) {
      throw new IllegalArgumentException(
          "Bootstrap with %d resamples, expected at least 100. The ends of a 95%% interval need 1,000."
              .formatted(resamples));
    }
  }
}

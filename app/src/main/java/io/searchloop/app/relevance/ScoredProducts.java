package io.searchloop.app.relevance;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Products of several queries as a model scores them, beside what is so: does it put what fits
 * above what does not, and can its scores be taken at their word? Every figure takes how often each
 * query counts, so that a bootstrap may draw queries ({@link QueryBootstrap}). Immutable.
 */
public final class ScoredProducts {
  private static final int BINS = 10;

  private final List<Scored> sorted;
  private final int queries;

  /**
   * One product of a query.
   *
   * @param query index, from zero
   * @param score what the model says, 0 to 1
   * @param share what it should say on average, 0 to 1
   * @param relevant whether it belongs above those that are not
   */
  public record Scored(int query, double score, double share, boolean relevant) {}

  /**
   * @param queries how many there are, those without products included
   * @param products of any of them, in any order
   */
  public ScoredProducts(int queries, List<Scored> products) {
    this.queries = queries;
    this.sorted = products.stream().sorted(Comparator.comparingDouble(Scored::score)).toList();
  }

  /** Products. */
  public int size() {
    return sorted.size();
  }

  /** Relevant ones. */
  public int relevant() {
    return (int) sorted.stream().filter(Scored::relevant).count();
  }

  /** Area under the ROC curve, every query once. */
  double area() {
    int[] once = new int[queries];
    Arrays.fill(once, 1);
    return area(once);
  }

  /**
   * Area under the ROC curve: how often a relevant product is above one that is not, over the pairs
   * of all queries together; ties count half, .5 is chance. NaN where a kind is missing. Example:
   * relevant at .9 and .4, another at .5: one pair of two is right, .5.
   *
   * @param times how often each query counts
   */
  public double area(int[] times) {
    double wins = 0;
    double relevant = 0;
    double others = 0;
    int next = 0;
    while (next < sorted.size()) {
      double score = sorted.get(next).score();
      double tiedRelevant = 0;
      double tiedOthers = 0;
      for (; next < sorted.size() && sorted.get(next).score() == score; next++) {
        Scored scored = sorted.get(next);
        tiedRelevant += scored.relevant() ? times[scored.query()] : 0;
        tiedOthers += scored.relevant() ? 0 : times[scored.query()];
      }
      wins += tiedRelevant * (others + tiedOthers / 2);
      relevant += tiedRelevant;
      others += tiedOthers;
    }
    return wins / (relevant * others);
  }

  /**
   * Expected calibration error (Naeini et al., AAAI 2015): how far scores are from shares, in bins
   * of a tenth of the scale.
   *
   * <pre>
   *   sum over bins b of |sum over d in b of (score(d) - share(d))| / products
   * </pre>
   *
   * <p>Example: .32 and .38 where 0 and 1 are so: |.7 - 1| / 2 = .15. NaN without products.
   *
   * @param times how often each query counts
   */
  public double calibrationError(int[] times) {
    double[] excess = new double[BINS];
    double products = 0;
    for (Scored scored : sorted) {
      int bin = Math.min(BINS - 1, (int) (scored.score() * BINS));
      excess[bin] += times[scored.query()] * (scored.score() - scored.share());
      products += times[scored.query()];
    }
    return Arrays.stream(excess).map(Math::abs).sum() / products;
  }
}

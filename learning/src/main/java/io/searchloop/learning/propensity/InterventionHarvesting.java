package io.searchloop.learning.propensity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Estimates how likely each position is examined without shuffling anybody's page: whenever the
 * same product of the same query was shown at two positions, the difference in clicks is the
 * positions' doing. Plain click rates by position are not that, since good products stand at the
 * top.
 *
 * <pre>
 *   clicks(query, product, k) / impressions(query, product, k)  has mean  theta_k * attraction
 * </pre>
 *
 * <p>All pairs of positions are used together, as in the AllPairs estimator of Agarwal et al.,
 * "Estimating Position Bias without Intrusive Interventions" (WSDM 2019, arXiv 1812.05161), with
 * two changes: products count by their evidence ({@link PositionPairs}) instead of alike, and the
 * attraction of a pair is conditioned away ({@link PairModel}) instead of fitted.
 *
 * <p>Asks that attraction does not depend on position (no trust in the ranking, no seasons between
 * the rankings compared), that whoever moved the product did not look at its clicks, and that
 * clicks are separable. Merged pages move products at random, so they are the best evidence.
 *
 * <p>Example: 20 clicks on 100 impressions at position one and 3 on 25 at two, of one product, say
 * theta_2 / theta_1 = .12 / .20 = .6.
 *
 * <p>Immutable, any thread.
 */
public final class InterventionHarvesting {
  /** Queries below which a normal interval over queries is not to be trusted. */
  public static final int LEAST_QUERIES = 30;

  private final int positions;

  /**
   * Harvests for a page.
   *
   * @param positions positions to estimate, from one; at least two
   */
  public InterventionHarvesting(int positions) {
    if (positions < 2) {
      throw new IllegalArgumentException(
          "Position bias of %d positions, expected at least 2: it is relative to the first."
              .formatted(positions));
    }
    this.positions = positions;
  }

  /**
   * The curve, relative to position one.
   *
   * @param clicks in any order; counts of the same product, query and position add up
   * @throws IllegalArgumentException when a position is beyond those to estimate, when positions
   *     are not connected with the first by products clicked at both, naming them, or when fewer
   *     than {@link #LEAST_QUERIES} queries showed a product at several positions
   */
  public PositionBias estimate(Stream<PositionClicks> clicks) {
    List<PositionPairs> queries = pairs(clicks);
    PositionPairs all = new PositionPairs(positions);
    queries.forEach(all::add);
    requireEvidence(all, queries.size());
    PairModel model = PairModel.fit(all);
    double[] errors = model.logErrors(all, queries);
    List<PositionBias.Position> curve = new ArrayList<>();
    for (int k = 0; k < positions; k++) {
      curve.add(new PositionBias.Position(model.strength(k), errors[k]));
    }
    return new PositionBias(curve, queries.size());
  }

  /** Impressions and clicks of one product by position, from zero. */
  private record Tally(long[] impressions, long[] clicks) {}

  private List<PositionPairs> pairs(Stream<PositionClicks> clicks) {
    // Sorted, so that sums do not depend on the order of the input.
    Map<String, Map<String, Tally>> tallies = new TreeMap<>();
    clicks.forEach(
        count -> {
          requireEstimated(count);
          Tally tally =
              tallies
                  .computeIfAbsent(count.query(), query -> new TreeMap<>())
                  .computeIfAbsent(
                      count.product(),
                      product -> new Tally(new long[positions], new long[positions]));
          tally.impressions()[count.position() - 1] += count.impressions();
          tally.clicks()[count.position() - 1] += count.clicks();
        });
    return tallies.values().stream().map(this::pairs).filter(pairs -> !pairs.isEmpty()).toList();
  }

  private PositionPairs pairs(Map<String, Tally> products) {
    PositionPairs pairs = new PositionPairs(positions);
    products.values().forEach(tally -> pairs.add(tally.impressions(), tally.clicks()));
    return pairs;
  }

  private void requireEstimated(PositionClicks count) {
    if (count.position() > positions) {
      throw new IllegalArgumentException(
          "Clicks at position %d, expected at most %d. Leave deeper positions out, or estimate them too."
              .formatted(count.position(), positions));
    }
  }

  private void requireEvidence(PositionPairs all, int queries) {
    int[] disconnected = Arrays.stream(all.disconnected()).map(k -> k + 1).toArray();
    if (disconnected.length > 0) {
      throw new IllegalArgumentException(
          "Positions %s are not connected with position 1, expected products clicked at both, or a chain of such. Move products between these positions (merged pages do), wait for more clicks, or estimate fewer positions."
              .formatted(Arrays.toString(disconnected)));
    }
    if (queries < LEAST_QUERIES) {
      throw new IllegalArgumentException(
          "Position bias from %d queries with a clicked product at several positions, expected at least %d. Take a longer stretch of the log."
              .formatted(queries, LEAST_QUERIES));
    }
  }
}

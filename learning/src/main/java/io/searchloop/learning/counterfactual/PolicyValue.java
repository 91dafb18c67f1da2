package io.searchloop.learning.counterfactual;

/**
 * What a policy is estimated to earn a search, and how much of the log says so.
 *
 * @param estimator how it was estimated
 * @param value reward per search
 * @param low lower end of the 95 % interval
 * @param high upper end of the 95 % interval
 * @param effectiveSamples (sum w)^2 / sum w^2: as many searches of the policy itself would say as
 *     much (Kong, 1992); below a hundred or so believe neither value nor interval
 * @param largestWeight largest w
 * @param clipped searches whose w was cut, which biases the value towards the log's own
 * @param searches in the log
 * @param visitors in the log
 */
public record PolicyValue(
    Estimator estimator,
    double value,
    double low,
    double high,
    double effectiveSamples,
    double largestWeight,
    long clipped,
    int searches,
    int visitors) {

  /** Whether a value lies in the interval. */
  public boolean covers(double truth) {
    return low <= truth && truth <= high;
  }
}

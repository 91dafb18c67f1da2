package io.searchloop.app.study.bandit;

import io.searchloop.learning.counterfactual.PolicyValue;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What an estimator said over many logs.
 *
 * @param first its estimate from the first log
 * @param bias mean of estimates less the truth
 * @param error root of the mean squared difference to the truth
 * @param width mean width of the intervals
 * @param coversExpected share of the intervals that hold the true value
 * @param coversDeployed share of them that hold what the policy earned once it ran
 * @param effectiveSamples mean effective sample size
 * @param largestWeight largest weight of all
 */
public record EstimatorFigures(
    PolicyValue first,
    double bias,
    double error,
    double width,
    double coversExpected,
    double coversDeployed,
    double effectiveSamples,
    double largestWeight) {

  static EstimatorFigures of(List<PolicyValue> values, double expected, double deployed) {
    return new EstimatorFigures(
        values.get(0),
        mean(values, value -> value.value() - expected),
        Math.sqrt(mean(values, value -> Math.pow(value.value() - expected, 2))),
        mean(values, value -> value.high() - value.low()),
        mean(values, value -> value.covers(expected) ? 1 : 0),
        mean(values, value -> value.covers(deployed) ? 1 : 0),
        mean(values, PolicyValue::effectiveSamples),
        values.stream().mapToDouble(PolicyValue::largestWeight).max().orElseThrow());
  }

  private static double mean(List<PolicyValue> values, ToDoubleFunction<PolicyValue> figure) {
    return values.stream().mapToDouble(figure).average().orElseThrow();
  }
}

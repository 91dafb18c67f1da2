package io.searchloop.app.study.bandit;

import java.util.Map;

/**
 * How well a policy's value was foretold.
 *
 * @param target what it does
 * @param expected its true reward per search, computed
 * @param deployed what it earned a search once it ran
 * @param logged true reward per search of the policy that wrote the logs
 * @param estimators by name
 */
public record TargetFigures(
    String target,
    double expected,
    double deployed,
    double logged,
    Map<String, EstimatorFigures> estimators) {

  /** Figures of an estimator that was asked. */
  EstimatorFigures of(String estimator) {
    EstimatorFigures figures = estimators.get(estimator);
    if (figures == null) {
      throw new IllegalArgumentException(
          "Found no estimator %s, expected one of %s.".formatted(estimator, estimators.keySet()));
    }
    return figures;
  }
}

package io.searchloop.app.evaluation;

import io.searchloop.search.engine.Combination;
import java.util.List;

/**
 * What {@link Evaluation} found, ready to be written as JSON.
 *
 * @param dataset name of the dataset
 * @param queries which of its queries were judged, such as {@code TEST of split 1}
 * @param judged how many of them had a product that gains
 * @param seed of the bootstrap
 * @param unjudged how products without judgment count
 * @param policies figures in the order asked for
 */
public record EvaluationReport(
    String dataset,
    String queries,
    int judged,
    long seed,
    String unjudged,
    List<PolicyFigures> policies) {
  static final String UNJUDGED =
      "Unjudged products gain nothing; condensed nDCG leaves them out. Retrieval gain counts them.";

  public EvaluationReport {
    policies = List.copyOf(policies);
  }

  /** Of a dataset that has no queries to judge by. */
  public static EvaluationReport none(String dataset) {
    return new EvaluationReport(dataset, "none", 0, 0, UNJUDGED, List.of());
  }

  /**
   * Figures of a policy.
   *
   * @throws IllegalArgumentException when it was not judged in this mode
   */
  public PolicyFigures of(String policy, Combination mode) {
    return policies.stream()
        .filter(figures -> figures.policy().equals(policy) && figures.mode() == mode)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Policy %s was not judged in mode %s.".formatted(policy, mode)));
  }
}

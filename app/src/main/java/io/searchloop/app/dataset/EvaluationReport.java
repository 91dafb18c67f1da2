package io.searchloop.app.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@link Evaluation} found, ready to be written as JSON.
 *
 * @param dataset name of the dataset
 * @param split whose queries were judged
 * @param queries how many of them had a relevant product
 * @param seed of the bootstrap
 * @param policies figures by policy name, in the order asked for
 */
public record EvaluationReport(
    String dataset, Split split, int queries, long seed, Map<String, PolicyFigures> policies) {
  public EvaluationReport {
    policies = Collections.unmodifiableMap(new LinkedHashMap<>(policies));
  }
}

package io.searchloop.app.relevance;

import io.searchloop.search.relevance.RelevanceModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers what a model said: an evaluation asks for the same products of a query once for every
 * strategy, and f does not depend on who found them. Keeps every answer, some 40 KB a query; for
 * queries of a dataset, not for those of a shop. Any thread, where the model allows it; two that
 * ask for the same at once both ask the model.
 */
public final class RememberedRelevance implements RelevanceModel {
  private final RelevanceModel model;
  private final Map<String, Map<String, Double>> known = new ConcurrentHashMap<>();

  /**
   * @param model asked once for each query and product; closed with this one
   */
  public RememberedRelevance(RelevanceModel model) {
    this.model = model;
  }

  @Override
  public double[] relevance(String query, List<String> productIds) {
    Map<String, Double> scores = known.computeIfAbsent(query, asked -> new ConcurrentHashMap<>());
    List<String> unknown = new ArrayList<>(productIds);
    unknown.removeIf(scores::containsKey);
    if (!unknown.isEmpty()) {
      double[] answers = model.relevance(query, unknown);
      for (int i = 0; i < answers.length; i++) {
        scores.put(unknown.get(i), answers[i]);
      }
    }
    return productIds.stream().mapToDouble(id -> scores.getOrDefault(id, 0.0)).toArray();
  }

  @Override
  public void close() {
    model.close();
  }
}

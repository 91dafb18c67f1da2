package io.searchloop.app.dataset;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Queries and the grades of their products, as they are read. One thread. */
final class Judgments {
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, Map<String, Double>> grades = new HashMap<>();

  /** Adds a query; false when the id is taken. */
  boolean query(String id, String text) {
    return texts.putIfAbsent(id, text) == null;
  }

  /** Whether a query of this id was added. */
  boolean knows(String queryId) {
    return texts.containsKey(queryId);
  }

  /** Adds a grade; of several for the same product the last one counts. */
  void grade(String queryId, String productId, double grade) {
    grades.computeIfAbsent(queryId, id -> new LinkedHashMap<>()).put(productId, grade);
  }

  boolean isEmpty() {
    return grades.isEmpty();
  }

  /** Scale told by the smallest grade. */
  GradeScale derivedScale() {
    return GradeScale.derive(
        grades.values().stream()
            .flatMap(judged -> judged.values().stream())
            .mapToDouble(Double::doubleValue)
            .min()
            .orElseThrow());
  }

  /** Texts of all queries, judged or not. */
  List<String> texts() {
    return List.copyOf(texts.values());
  }

  /** The judged queries in the order they were added. */
  List<JudgedQuery> queries() {
    List<JudgedQuery> queries = new ArrayList<>();
    texts.forEach(
        (id, text) -> {
          Map<String, Double> judged = grades.get(id);
          if (judged != null) {
            queries.add(new JudgedQuery(id, text, 1, judged));
          }
        });
    return queries;
  }
}

package io.searchloop.app.evaluation;

import io.searchloop.search.engine.Hit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Everything one strategy did, query by query. Filled by one thread, then only read. */
final class Outcomes {
  private final Map<Metric, double[]> values = new EnumMap<>(Metric.class);
  private final List<RewriteChoice> choices = new ArrayList<>();
  private final List<List<Hit>> rankings = new ArrayList<>();
  private final double[] rewriteMs;
  private final double[] searchMs;

  Outcomes(int queries) {
    this.rewriteMs = new double[queries];
    this.searchMs = new double[queries];
    for (Metric metric : Metric.values()) {
      values.put(metric, new double[queries]);
    }
  }

  /** Adds the next query, times in milliseconds. */
  void add(RewriteChoice choice, List<Hit> ranking, double rewrite, double search) {
    rewriteMs[choices.size()] = rewrite;
    searchMs[choices.size()] = search;
    choices.add(choice);
    rankings.add(ranking);
  }

  void set(int query, Metric metric, double value) {
    of(metric)[query] = value;
  }

  double[] of(Metric metric) {
    return Objects.requireNonNull(values.get(metric));
  }

  List<RewriteChoice> choices() {
    return Collections.unmodifiableList(choices);
  }

  List<Hit> ranking(int query) {
    return rankings.get(query);
  }

  double[] rewriteMs() {
    return rewriteMs;
  }

  double[] searchMs() {
    return searchMs;
  }
}

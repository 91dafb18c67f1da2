package io.searchloop.app.evaluation;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.evaluation.Interval;
import io.searchloop.search.evaluation.PairedBootstrap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Turns scores of clicks into means with intervals, for queries that were learned from and those
 * that were not apart: a log of few products is well remembered, which says nothing about queries
 * that nobody typed before.
 *
 * <p>Each click is one observation. Intervals draw whole queries with all of their clicks, since
 * clicks of one query stand or fall together. Most visitors of such a log click once, so drawing
 * visitors would take nearly every click for independent.
 */
public final class ClickComparison {
  /** All clicks. */
  public static final String ALL = "all";

  /** Clicks of queries that were typed in the weeks learned from. */
  public static final String SEEN = "seen before";

  /** Clicks of the others. */
  public static final String UNSEEN = "unseen";

  private static final int RESAMPLES = 1000;

  private final Map<String, String> parts = new TreeMap<>();
  private final long seed;

  /**
   * @param dataset what was learned from
   * @param seed of the bootstrap
   */
  public ClickComparison(Dataset dataset, long seed) {
    this.seed = seed;
    double all = dataset.queries().stream().mapToDouble(JudgedQuery::popularity).sum();
    double before = 0;
    for (JudgedQuery query : dataset.queries()) { // most popular first
      String text = QueryText.normalise(query.text());
      parts.put(text, before < all / 3 ? "head" : before < all * 2 / 3 ? "torso" : "tail");
      before += query.popularity();
    }
  }

  /**
   * Compares ways to search on the same clicks.
   *
   * @param arms scores by name
   * @param baselines names of arms that differences are taken to
   */
  public List<ClickFigures> of(Map<String, ClickScores> arms, List<String> baselines) {
    List<ClickFigures> figures = new ArrayList<>();
    arms.forEach(
        (name, scores) -> {
          Map<String, ClickFigures.Stratum> strata = new LinkedHashMap<>();
          strata(scores)
              .forEach(
                  (stratum, queries) ->
                      strata.put(stratum, stratum(queries, scores, arms, baselines)));
          figures.add(new ClickFigures(name, strata));
        });
    return figures;
  }

  private ClickFigures.Stratum stratum(
      List<String> queries,
      ClickScores scores,
      Map<String, ClickScores> arms,
      List<String> baselines) {
    return new ClickFigures.Stratum(
        queries.size(),
        Math.round(queries.stream().mapToDouble(query -> scores.of(query).clicks()).sum()),
        figure(queries, scores, arms, baselines, ClickScore::reciprocalRank),
        figure(queries, scores, arms, baselines, ClickScore::shown));
  }

  private PolicyFigures.Figure figure(
      List<String> queries,
      ClickScores scores,
      Map<String, ClickScores> arms,
      List<String> baselines,
      ToDoubleFunction<ClickScore> metric) {
    double[] clicks = values(queries, scores, ClickScore::clicks);
    double[] sums = values(queries, scores, metric);
    Map<String, Interval> differences = new LinkedHashMap<>();
    for (String baseline : baselines) {
      double[] differing = values(queries, required(arms, baseline), metric);
      for (int i = 0; i < differing.length; i++) {
        differing[i] = sums[i] - differing[i];
      }
      differences.put(
          baseline,
          PairedBootstrap.clustered(differing, clicks, RESAMPLES, new SplittableRandom(seed)));
    }
    double mean = sum(sums) / sum(clicks);
    return new PolicyFigures.Figure(mean, queries.size(), differences);
  }

  /** The parts of a third of the learned clicks each are parts of what was seen before. */
  private Map<String, List<String>> strata(ClickScores scores) {
    Map<String, List<String>> strata = new LinkedHashMap<>();
    for (String stratum : List.of(ALL, SEEN, "head", "torso", "tail", UNSEEN)) {
      strata.put(stratum, new ArrayList<>());
    }
    for (String query : scores.queries()) {
      String part = parts.get(query);
      put(strata, ALL, query);
      put(strata, part == null ? UNSEEN : SEEN, query);
      if (part != null) {
        put(strata, part, query);
      }
    }
    strata.values().removeIf(List::isEmpty);
    return strata;
  }

  private static void put(Map<String, List<String>> strata, String stratum, String query) {
    strata.computeIfAbsent(stratum, name -> new ArrayList<>()).add(query);
  }

  private static ClickScores required(Map<String, ClickScores> arms, String baseline) {
    ClickScores found = arms.get(baseline);
    if (found == null) {
      throw new IllegalArgumentException(
          "Found no arm %s to compare with, expected one of %s."
              .formatted(baseline, arms.keySet()));
    }
    return found;
  }

  private static double[] values(
      List<String> queries, ClickScores scores, ToDoubleFunction<ClickScore> metric) {
    return queries.stream().mapToDouble(query -> metric.applyAsDouble(scores.of(query))).toArray();
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}

package io.searchloop.app.evaluation;

import io.searchloop.app.evaluation.PolicyFigures.Figure;
import io.searchloop.app.evaluation.PolicyFigures.Retrieval;
import io.searchloop.search.evaluation.Interval;
import io.searchloop.search.evaluation.PairedBootstrap;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Turns outcomes of single queries into means with paired bootstrap intervals, stratum by stratum.
 *
 * @param strata indices of the queries of each stratum
 * @param counted indices of the queries that each kind of metric is a mean of, as a mask
 * @param identity outcomes of the query as typed
 * @param baselines outcomes that differences are taken to, by name
 * @param seed of the bootstrap
 */
record Comparison(
    Map<Stratum, int[]> strata,
    Map<Metric.Judged, boolean[]> counted,
    Outcomes identity,
    Map<String, Outcomes> baselines,
    long seed) {
  private static final int RESAMPLES = 1000;

  Map<String, Retrieval> of(Outcomes outcomes) {
    Map<String, Retrieval> figures = new LinkedHashMap<>();
    strata.forEach((stratum, queries) -> figures.put(stratum.key(), retrieval(outcomes, queries)));
    return figures;
  }

  private Retrieval retrieval(Outcomes outcomes, int[] stratum) {
    Map<Metric, int[]> queries = new EnumMap<>(Metric.class);
    Map<String, Figure> metrics = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      boolean[] mask = counted.getOrDefault(metric.judged(), new boolean[0]);
      int[] telling = Arrays.stream(stratum).filter(query -> mask[query]).toArray();
      if (telling.length > 0) {
        queries.put(metric, telling);
        metrics.put(metric.key(), figure(metric, outcomes, telling));
      }
    }
    int[] telling = queries.getOrDefault(Metric.RELEVANCE, new int[0]);
    return new Retrieval(stratum.length, relevanceGain(outcomes, telling), metrics);
  }

  private Figure figure(Metric metric, Outcomes outcomes, int[] queries) {
    double[] values = pick(outcomes.of(metric), queries);
    Map<String, Interval> differences = new LinkedHashMap<>();
    baselines.forEach(
        (name, baseline) ->
            differences.put(name, difference(values, pick(baseline.of(metric), queries))));
    return new Figure(mean(values), queries.length, differences);
  }

  /** Zero where no query can tell, or where nothing relevant is found as typed. */
  private Interval relevanceGain(Outcomes outcomes, int[] queries) {
    double[] typed = pick(identity.of(Metric.RELEVANCE), queries);
    double base = typed.length == 0 ? 0 : mean(typed);
    if (base == 0) {
      return new Interval(0, 0, 0);
    }
    Interval difference = difference(pick(outcomes.of(Metric.RELEVANCE), queries), typed);
    return new Interval(
        difference.mean() / base, difference.low() / base, difference.high() / base);
  }

  private Interval difference(double[] values, double[] baseline) {
    if (Arrays.equals(values, baseline)) {
      return new Interval(0, 0, 0);
    }
    return PairedBootstrap.difference(values, baseline, RESAMPLES, new SplittableRandom(seed));
  }

  private static double[] pick(double[] values, int[] queries) {
    return Arrays.stream(queries).mapToDouble(query -> values[query]).toArray();
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}

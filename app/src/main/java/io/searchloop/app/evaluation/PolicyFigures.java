package io.searchloop.app.evaluation;

import io.searchloop.search.engine.Combination;
import io.searchloop.search.evaluation.Interval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How well one policy retrieves in one mode.
 *
 * @param policy its name
 * @param mode how its rewrites joined the typed query
 * @param rewriting what it did to the queries
 * @param strata figures by {@link Stratum#key}
 */
public record PolicyFigures(
    String policy, Combination mode, Rewriting rewriting, Map<String, Retrieval> strata) {
  public PolicyFigures {
    strata = Collections.unmodifiableMap(new LinkedHashMap<>(strata));
  }

  /** A figure over all judged queries. */
  public Figure all(Metric metric) {
    return of(Stratum.ALL, metric);
  }

  /**
   * A figure of a stratum.
   *
   * @throws IllegalArgumentException when no judged query is in it
   */
  public Figure of(Stratum stratum, Metric metric) {
    Retrieval retrieval = strata.get(stratum.key());
    Figure figure = retrieval == null ? null : retrieval.metrics().get(metric.key());
    if (figure == null) {
      throw new IllegalArgumentException(
          "No %s of stratum %s, found strata %s. Judge queries of that kind."
              .formatted(metric.title(), stratum.key(), strata.keySet()));
    }
    return figure;
  }

  /**
   * What a policy did to queries; shares of all judged queries.
   *
   * @param validity answers that obeyed the format
   * @param unchanged queries left as typed: the identity rate
   * @param overCorrection of the queries without a known correction, those whose rewrite lacks a
   *     word that was typed and that the catalogue knows
   * @param words mean words of a rewrite
   * @param rewriteMs time to rewrite, milliseconds
   * @param searchMs time to search, milliseconds; none where a model re-ranks and remembers
   */
  public record Rewriting(
      double validity,
      double unchanged,
      double overCorrection,
      double words,
      Latency rewriteMs,
      @Nullable Latency searchMs) {}

  /**
   * Time per query on one thread; as noisy as the machine was busy.
   *
   * @param p50 median
   * @param p99 99th percentile
   */
  public record Latency(double p50, double p99) {}

  /**
   * Means over the queries of a stratum.
   *
   * @param queries how many there are; metrics are means of those that can tell
   * @param relevanceGain (R(Y) - R(q)) / R(q) of mean R, with the interval of the difference
   * @param metrics figures by {@link Metric#key}
   */
  public record Retrieval(int queries, Interval relevanceGain, Map<String, Figure> metrics) {
    public Retrieval {
      metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
  }

  /**
   * A mean and how it compares.
   *
   * @param value mean over queries
   * @param queries how many
   * @param difference mean difference to each baseline on the same queries, 95 % interval
   */
  public record Figure(double value, int queries, Map<String, Interval> difference) {
    public Figure {
      difference = Collections.unmodifiableMap(new LinkedHashMap<>(difference));
    }

    /** Difference to the query as typed. */
    public Interval toIdentity() {
      return to(Strategy.IDENTITY);
    }

    /**
     * Difference to a baseline.
     *
     * @throws IllegalArgumentException when it was not one
     */
    public Interval to(String baseline) {
      Interval found = difference.get(baseline);
      if (found == null) {
        throw new IllegalArgumentException(
            "No difference to %s, found those to %s.".formatted(baseline, difference.keySet()));
      }
      return found;
    }
  }
}

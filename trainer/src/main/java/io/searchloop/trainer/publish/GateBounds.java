package io.searchloop.trainer.publish;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The bounds of a release on the figures that were measured; the first one that is broken names its
 * setting.
 */
final class GateBounds {
  /** Nats per token that smaller weights cost; absent when they are exact. */
  static final String PRECISION_LOSS = "precision_kl";

  /** How far nDCG of the golden set lies below the queries as typed; absent without one. */
  static final String GOLDEN_LOSS = "golden_loss";

  private static final String LOG_PROB_GAP = "logprob_gap";
  private static final String LEAST = "at least";
  private static final String MOST = "at most";
  private static final double NANOS_PER_MS = 1e6;

  private final List<Bound> bounds;

  GateBounds(GateSettings settings) {
    this.bounds =
        List.of(
            new Bound("validity_greedy", LEAST, settings.minValidity(), "min-validity"),
            new Bound(
                "validity_sampled", LEAST, settings.minSampledValidity(), "min-sampled-validity"),
            new Bound("length_ratio", MOST, settings.maxLengthRatio(), "max-length-ratio"),
            new Bound(PRECISION_LOSS, MOST, settings.maxPrecisionLoss(), "max-precision-loss"),
            new Bound(LOG_PROB_GAP, MOST, settings.maxLogProbGap(), "max-log-prob-gap"),
            new Bound("kl_to_anchor", MOST, settings.maxKl(), "max-kl"),
            new Bound("entropy", LEAST, settings.minEntropy(), "min-entropy"),
            new Bound(GOLDEN_LOSS, MOST, settings.maxGoldenLoss(), "max-golden-loss"),
            new Bound(
                "latency_ms", MOST, settings.maxLatency().toNanos() / NANOS_PER_MS, "max-latency"));
  }

  /**
   * @param key of the setting, below {@code trainer.gate}
   */
  private record Bound(String figure, String relation, double value, String key) {
    /** Negated, so that a figure that is missing or no number breaks its bound. */
    boolean brokenBy(double found) {
      return relation.equals(LEAST) ? !(found >= value) : !(found <= value);
    }

    String problem(double found) {
      return "%s is %s, expected %s %s (trainer.gate.%s)"
          .formatted(figure, found, relation, value, key);
    }
  }

  /** What is wrong, with found, expected and setting; empty when nothing is. */
  Optional<String> firstProblem(Map<String, Double> figures) {
    return bounds.stream()
        .filter(bound -> applies(bound, figures))
        .filter(bound -> bound.brokenBy(found(bound, figures)))
        .map(bound -> bound.problem(found(bound, figures)))
        .findFirst();
  }

  /** Smaller weights move log-probabilities by themselves, so then their own loss is bounded. */
  private static boolean applies(Bound bound, Map<String, Double> figures) {
    return switch (bound.figure()) {
      case PRECISION_LOSS, GOLDEN_LOSS -> figures.containsKey(bound.figure());
      case LOG_PROB_GAP -> !figures.containsKey(PRECISION_LOSS);
      default -> true;
    };
  }

  private static double found(Bound bound, Map<String, Double> figures) {
    return figures.getOrDefault(bound.figure(), Double.NaN);
  }

  /** Each figure's bound in words, such as {@code at most 0.5}. */
  Map<String, String> inWords() {
    Map<String, String> words = new TreeMap<>();
    bounds.forEach(bound -> words.put(bound.figure(), bound.relation() + " " + bound.value()));
    return words;
  }
}

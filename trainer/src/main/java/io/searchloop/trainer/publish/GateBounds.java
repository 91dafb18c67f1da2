package io.searchloop.trainer.publish;

import java.util.Map;
import java.util.Optional;

/**
 * The bounds of a release on the figures that were measured; the first one that is broken names its
 * setting. Comparisons are negated, so that a figure that is missing or no number breaks its bound.
 */
final class GateBounds {
  /** Nats per token that smaller weights cost; absent when they are exact. */
  static final String PRECISION_LOSS = "precision_kl";

  /** How far nDCG of the golden set lies below the queries as typed; absent without one. */
  static final String GOLDEN_LOSS = "golden_loss";

  private static final double NANOS_PER_MS = 1e6;

  private final GateSettings settings;

  GateBounds(GateSettings settings) {
    this.settings = settings;
  }

  /** What is wrong, with found, expected and setting; empty when nothing is. */
  Optional<String> firstProblem(Map<String, Double> figures) {
    Checks checks = new Checks(figures);
    checks.least("validity_greedy", "min-validity", settings.minValidity());
    checks.least("validity_sampled", "min-sampled-validity", settings.minSampledValidity());
    checks.most("length_ratio", "max-length-ratio", settings.maxLengthRatio());
    if (figures.containsKey(PRECISION_LOSS)) {
      checks.most(PRECISION_LOSS, "max-precision-loss", settings.maxPrecisionLoss());
    } else {
      checks.most("logprob_gap", "max-log-prob-gap", settings.maxLogProbGap());
    }
    checks.most("kl_to_anchor", "max-kl", settings.maxKl());
    checks.least("entropy", "min-entropy", settings.minEntropy());
    if (figures.containsKey(GOLDEN_LOSS)) {
      checks.most(GOLDEN_LOSS, "max-golden-loss", settings.maxGoldenLoss());
    }
    checks.most("latency_ms", "max-latency", settings.maxLatency().toNanos() / NANOS_PER_MS);
    return checks.problem;
  }

  /** Keeps the first problem. */
  private static final class Checks {
    private final Map<String, Double> figures;
    private Optional<String> problem = Optional.empty();

    Checks(Map<String, Double> figures) {
      this.figures = figures;
    }

    void least(String figure, String key, double bound) {
      double found = found(figure);
      check(found >= bound, figure, found, "at least", bound, key);
    }

    void most(String figure, String key, double bound) {
      double found = found(figure);
      check(found <= bound, figure, found, "at most", bound, key);
    }

    private double found(String figure) {
      return figures.getOrDefault(figure, Double.NaN);
    }

    private void check(
        boolean holds, String figure, double found, String relation, double bound, String key) {
      if (!holds && problem.isEmpty()) {
        problem =
            Optional.of(
                "%s is %s, expected %s %s (trainer.gate.%s)"
                    .formatted(figure, found, relation, bound, key));
      }
    }
  }
}

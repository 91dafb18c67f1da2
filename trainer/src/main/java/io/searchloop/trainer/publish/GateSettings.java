package io.searchloop.trainer.publish;

import io.searchloop.schemas.config.Setting;
import java.time.Duration;

/**
 * What a release must reach, keys {@code trainer.gate.*}.
 *
 * @param probes queries a release is tried on
 * @param minValidity least share of greedy answers that are a rewrite
 * @param minSampledValidity least share of sampled answers that are a rewrite
 * @param maxKl most nats per token away from the warm start
 * @param maxLogProbGap most nats per token between ONNX Runtime and libtorch for equal weights
 * @param parityTolerance largest logit difference between ONNX Runtime and libtorch
 * @param maxLengthRatio most characters of rewrites per character of queries
 * @param minEntropy least nats per sampled token: a policy without any explores nothing
 * @param maxPrecisionLoss most nats per token that smaller weights may cost, KL(exact || released)
 * @param maxGoldenLoss most nDCG@10 below the queries as typed, on the golden set if there is one
 * @param maxLatency longest median time of one rewrite, alone and on one thread
 */
public record GateSettings(
    @Setting(value = "64", help = "queries a release is tried on") int probes,
    @Setting(value = "0.98", help = "least share of valid greedy rewrites") double minValidity,
    @Setting(value = "0.9", help = "least share of valid sampled rewrites")
        double minSampledValidity,
    @Setting(value = "1.0", help = "most nats per token away from the warm start") double maxKl,
    @Setting(value = "0.001", help = "most nats per token between worker and trainer")
        double maxLogProbGap,
    @Setting(value = "0.0001", help = "largest logit difference between worker and trainer")
        double parityTolerance,
    @Setting(value = "3.0", help = "most rewrite characters per query character")
        double maxLengthRatio,
    @Setting(value = "0.001", help = "least nats of entropy per sampled token") double minEntropy,
    @Setting(value = "0.02", help = "most nats per token that smaller weights may cost")
        double maxPrecisionLoss,
    @Setting(value = "0.02", help = "most nDCG@10 below the queries as typed, on a golden set")
        double maxGoldenLoss,
    @Setting(value = "PT1S", help = "longest median time of one rewrite") Duration maxLatency) {
  public GateSettings {
    if (probes < 1 || !share(minValidity) || !share(minSampledValidity)) {
      throw new IllegalArgumentException(
          "probes "
              + probes
              + ", min-validity "
              + minValidity
              + ", min-sampled-validity "
              + minSampledValidity
              + ", expected at least one probe and shares in [0, 1]");
    }
    if (!(maxKl > 0 && maxLogProbGap > 0 && parityTolerance > 0 && maxLengthRatio > 0)) {
      throw new IllegalArgumentException(
          "max-kl "
              + maxKl
              + ", max-log-prob-gap "
              + maxLogProbGap
              + ", parity-tolerance "
              + parityTolerance
              + ", max-length-ratio "
              + maxLengthRatio
              + ", expected all above zero");
    }
    require(minEntropy >= 0, "min-entropy " + minEntropy + ", expected zero or more");
    require(
        maxPrecisionLoss > 0, "max-precision-loss " + maxPrecisionLoss + ", expected above zero");
    require(maxGoldenLoss >= 0, "max-golden-loss " + maxGoldenLoss + ", expected zero or more");
    require(
        !maxLatency.isNegative() && !maxLatency.isZero(),
        "max-latency " + maxLatency + ", expected above zero");
  }

  private static void require(boolean holds, String found) {
    if (!holds) {
      throw new IllegalArgumentException(found);
    }
  }

  private static boolean share(double value) {
    return value >= 0 && value <= 1;
  }
}

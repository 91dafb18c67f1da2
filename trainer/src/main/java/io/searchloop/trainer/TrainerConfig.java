package io.searchloop.trainer;

import io.searchloop.schemas.config.Setting;
import io.searchloop.trainer.loss.ClippedPolicyLoss;
import io.searchloop.trainer.loss.DivergenceBounds;
import io.searchloop.trainer.loss.Normalisation;
import io.searchloop.trainer.loss.PreferenceLoss;
import io.searchloop.trainer.loss.UpdateSettings;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the trainer learns and releases, keys {@code trainer.*}. Recorded in every release.
 *
 * @param algorithm what it learns from: groups, or pairs under one of three losses
 * @param learningRate step size; 0 trains nothing, releases still flow
 * @param klWeight strength of the leash to the warm start
 * @param clipLow lower clip of the ratio, below one
 * @param clipHigh upper clip of the ratio, above one
 * @param dualClip bound of the ratio for negative advantages
 * @param normalisation how token losses become one number
 * @param offPolicyCap cap of the off-policy weight
 * @param preferenceBeta strength of the leash in a preference loss
 * @param maxGradientNorm longer gradients are scaled down
 * @param minEffectiveShare least effective sample share of a minibatch
 * @param maxMeanSquareLogRatio most mean squared log-ratio of a minibatch
 * @param maxDrift most nats per token a sequence with negative advantage may have drifted
 * @param maxStaleness oldest behaviour policy learned from, in steps
 * @param releaseEvery trained minibatches between releases
 * @param releaseInterval longest time trained weights wait for their release
 * @param temperature of the workers' sampler; must equal {@code serving.temperature}
 * @param threads threads of a tensor operation; one makes runs bit-equal
 * @param seed seed of probes and gate samples
 */
public record TrainerConfig(
    @Setting(value = "grpo", help = "grpo, dpo, ipo or robust-dpo") Algorithm algorithm,
    @Setting(value = "0.0001", help = "step size; 0 trains nothing") double learningRate,
    @Setting(value = "0.02", help = "strength of the leash to the warm start") double klWeight,
    @Setting(value = "0.2", help = "lower clip of the ratio") double clipLow,
    @Setting(value = "0.28", help = "upper clip of the ratio") double clipHigh,
    @Setting(value = "3", help = "bound of the ratio for negative advantages") double dualClip,
    @Setting(value = "dr-grpo", help = "grpo, dapo, dr-grpo or seq") Normalisation normalisation,
    @Setting(value = "3", help = "cap of the off-policy weight") double offPolicyCap,
    @Setting(value = "0.1", help = "strength of the leash in a preference loss")
        double preferenceBeta,
    @Setting(value = "1", help = "longer gradients are scaled down") double maxGradientNorm,
    @Setting(value = "0.5", help = "least effective sample share") double minEffectiveShare,
    @Setting(value = "4", help = "most mean squared log-ratio") double maxMeanSquareLogRatio,
    @Setting(value = "1", help = "most drift of a sequence with negative advantage")
        double maxDrift,
    @Setting(value = "1000", help = "oldest behaviour policy learned from, in steps")
        long maxStaleness,
    @Setting(value = "8", help = "trained minibatches between releases") int releaseEvery,
    @Setting(value = "PT20S", help = "longest wait of trained weights for their release")
        Duration releaseInterval,
    @Setting(value = "1", help = "temperature of the workers' sampler") double temperature,
    @Setting(value = "1", help = "threads of a tensor operation") int threads,
    @Setting(value = "1", help = "seed of probes and gate samples") long seed) {

  /** What the trainer learns from. */
  public enum Algorithm {
    GRPO,
    DPO,
    IPO,
    ROBUST_DPO
  }

  public TrainerConfig {
    atLeast("release-every", releaseEvery, 1);
    atLeast("threads", threads, 1);
    atLeast("max-staleness", maxStaleness, 0);
    if (releaseInterval.isNegative() || releaseInterval.isZero()) {
      throw new IllegalArgumentException(
          "release-interval " + releaseInterval + ", expected above zero");
    }
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature " + temperature + ", expected above zero");
    }
  }

  /** Whether the trainer learns from groups and corrections; else from pairs. */
  boolean learnsFromGroups() {
    return algorithm == Algorithm.GRPO;
  }

  /**
   * The settings of an update.
   *
   * @param maxRewriteTokens length cap of the format, the constant length of {@code dr-grpo}
   */
  public UpdateSettings updateSettings(int maxRewriteTokens) {
    return new UpdateSettings(
        new ClippedPolicyLoss(
            clipLow, clipHigh, dualClip, normalisation, maxRewriteTokens, offPolicyCap, klWeight),
        preferenceLoss(),
        learningRate,
        maxGradientNorm,
        temperature,
        new DivergenceBounds(minEffectiveShare, maxMeanSquareLogRatio, maxDrift));
  }

  private PreferenceLoss preferenceLoss() {
    return switch (algorithm) {
      case GRPO, DPO -> new PreferenceLoss.Dpo(preferenceBeta);
      case IPO -> new PreferenceLoss.Ipo(preferenceBeta);
      case ROBUST_DPO -> new PreferenceLoss.RobustDpo(preferenceBeta);
    };
  }

  /** Every setting as text, for the provenance of a release. */
  public Map<String, String> described() {
    Map<String, String> described = new TreeMap<>();
    for (RecordComponent component : TrainerConfig.class.getRecordComponents()) {
      try {
        described.put(component.getName(), String.valueOf(component.getAccessor().invoke(this)));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("Component " + component.getName() + " is readable", e);
      }
    }
    return described;
  }

  private static void atLeast(String key, long found, long least) {
    if (found < least) {
      throw new IllegalArgumentException(key + " " + found + ", expected at least " + least);
    }
  }
}

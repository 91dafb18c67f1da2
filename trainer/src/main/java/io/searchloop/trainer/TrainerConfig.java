package io.searchloop.trainer;

import io.searchloop.policy.release.ReleaseBase;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.config.Setting;
import io.searchloop.trainer.export.GraphPrecision;
import io.searchloop.trainer.loss.ClippedPolicyLoss;
import io.searchloop.trainer.loss.DivergenceBounds;
import io.searchloop.trainer.loss.LearningRateSchedule;
import io.searchloop.trainer.loss.MicroBatches;
import io.searchloop.trainer.loss.Normalisation;
import io.searchloop.trainer.loss.PartialOrderLoss;
import io.searchloop.trainer.loss.PreferenceLoss;
import io.searchloop.trainer.loss.UpdateSettings;
import io.searchloop.trainer.network.Compute;
import io.searchloop.trainer.network.Precision;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How the trainer learns and releases, keys {@code trainer.*}. Recorded in every release.
 *
 * @param algorithm what it learns from: groups, pairs under one of four losses, or partial orders
 * @param learningRate step size; 0 trains nothing, releases still flow
 * @param klWeight strength of the leash to the warm start
 * @param clipLow lower clip of the ratio, below one
 * @param clipHigh upper clip of the ratio, above one
 * @param dualClip bound of the ratio for negative advantages
 * @param normalisation how token losses become one number
 * @param offPolicyCap cap of the off-policy weight
 * @param preferenceBeta strength of the leash in a preference loss
 * @param orderTemperature tau of the loss over partial orders
 * @param orderSupervisedWeight weight of its supervised term on the best rewrites
 * @param maxGradientNorm longer gradients are scaled down
 * @param minEffectiveShare least effective sample share of a minibatch
 * @param maxMeanSquareLogRatio most mean squared log-ratio of a minibatch
 * @param maxDrift most nats per token a sequence with negative advantage may have drifted
 * @param maxStaleness oldest behaviour policy learned from, in steps
 * @param releaseEvery trained minibatches between releases
 * @param releaseInterval longest time trained weights wait for their release
 * @param exportPrecision weights of released graphs; the trainer's own stay as they are
 * @param keyframeEvery releases from one whole artifact to the next; those between are deltas where
 *     weights are bf16. 1 for none
 * @param maxDeltaShare largest delta as a share of the artifact; beyond, the artifact itself is
 *     sent
 * @param keepCheckpoints checkpoints kept of the newest releases and of the last promoted ones; an
 *     older version is rebuilt from its chunks, with a fresh optimiser
 * @param temperature of the workers' sampler; must equal {@code serving.temperature}
 * @param threads threads of a tensor operation; one makes runs bit-equal
 * @param seed seed of probes and gate samples
 * @param schedule what follows the warm-up of the learning rate
 * @param warmupSteps updates over which the learning rate rises to its peak
 * @param scheduleSteps updates after which it has come down; the floor holds beyond
 * @param scheduleFloor share of the peak that remains
 * @param precision of matrix products; weights and sums stay float32
 * @param microBatchTokens most tokens computed at once; gradients of the parts are added up
 * @param recompute compute a layer again for its gradient instead of keeping it, to save memory
 */
public record TrainerConfig(
    @Setting(value = "grpo", help = "grpo, dpo, reference-free-dpo, ipo, robust-dpo or pro")
        Algorithm algorithm,
    @Setting(value = "0.0001", help = "step size; 0 trains nothing") double learningRate,
    @Setting(value = "0.02", help = "strength of the leash to the warm start") double klWeight,
    @Setting(value = "0.2", help = "lower clip of the ratio") double clipLow,
    @Setting(value = "0.28", help = "upper clip of the ratio") double clipHigh,
    @Setting(value = "3", help = "bound of the ratio for negative advantages") double dualClip,
    @Setting(value = "dr-grpo", help = "grpo, dapo, dr-grpo or seq") Normalisation normalisation,
    @Setting(value = "3", help = "cap of the off-policy weight") double offPolicyCap,
    @Setting(value = "0.1", help = "strength of the leash in a preference loss")
        double preferenceBeta,
    @Setting(value = "1", help = "temperature of pro's softmax over an order")
        double orderTemperature,
    @Setting(value = "0.05", help = "weight of pro's supervised term on the best rewrites")
        double orderSupervisedWeight,
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
    @Setting(value = "fp32", help = "weights of released graphs: fp32, bf16, fp16 or int8")
        GraphPrecision exportPrecision,
    @Setting(value = "16", help = "releases from one keyframe to the next; 1 for no deltas")
        int keyframeEvery,
    @Setting(value = "0.5", help = "largest delta as a share of the artifact") double maxDeltaShare,
    @Setting(value = "8", help = "checkpoints kept of the newest releases") int keepCheckpoints,
    @Setting(value = "1", help = "temperature of the workers' sampler") double temperature,
    @Setting(value = "1", help = "threads of a tensor operation") int threads,
    @Setting(value = "1", help = "seed of probes and gate samples") long seed,
    @Setting(value = "constant", help = "constant, linear or cosine after the warm-up")
        LearningRateSchedule.Shape schedule,
    @Setting(value = "0", help = "updates over which the learning rate rises") int warmupSteps,
    @Setting(value = "10000", help = "updates after which the learning rate has come down")
        int scheduleSteps,
    @Setting(value = "0.1", help = "share of the learning rate that remains then")
        double scheduleFloor,
    @Setting(value = "fp32", help = "matrix products: fp32 or bf16") Precision precision,
    @Setting(value = "0", help = "most tokens computed at once; 0 for the whole minibatch")
        int microBatchTokens,
    @Setting(value = "false", help = "compute layers again for the gradient, to save memory")
        boolean recompute) {

  /** What the trainer learns from. */
  public enum Algorithm {
    GRPO(MinibatchKind.GROUPS, MinibatchKind.CORRECTIONS),
    DPO(MinibatchKind.PAIRS),
    REFERENCE_FREE_DPO(MinibatchKind.PAIRS),
    IPO(MinibatchKind.PAIRS),
    ROBUST_DPO(MinibatchKind.PAIRS),
    /** Partial orders; a pair is an order of two. */
    PRO(MinibatchKind.PAIRS);

    private final Set<MinibatchKind> kinds;

    Algorithm(MinibatchKind... kinds) {
      this.kinds = Set.of(kinds);
    }

    /** Whether minibatches of a kind are learned from. */
    boolean learnsFrom(MinibatchKind kind) {
      return kinds.contains(kind);
    }

    /** Whether orders are learned from as orders; else pairs alone are. */
    boolean learnsFromOrders() {
      return this == PRO;
    }
  }

  public TrainerConfig {
    atLeast("release-every", releaseEvery, 1);
    atLeast("threads", threads, 1);
    atLeast("keep-checkpoints", keepCheckpoints, 1);
    atLeast("keyframe-every", keyframeEvery, 1);
    if (keyframeEvery > ReleaseBase.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "keyframe-every %d, expected at most %d: a new worker applies every delta of a chain"
              .formatted(keyframeEvery, ReleaseBase.MAX_DEPTH));
    }
    if (!(maxDeltaShare >= 0)) {
      throw new IllegalArgumentException(
          "max-delta-share " + maxDeltaShare + ", expected zero or more");
    }
    atLeast("max-staleness", maxStaleness, 0);
    atLeast("warmup-steps", warmupSteps, 0);
    atLeast("schedule-steps", scheduleSteps, warmupSteps + 1L);
    atLeast("micro-batch-tokens", microBatchTokens, 0);
    if (releaseInterval.isNegative() || releaseInterval.isZero()) {
      throw new IllegalArgumentException(
          "release-interval " + releaseInterval + ", expected above zero");
    }
    if (!(temperature > 0)) {
      throw new IllegalArgumentException("temperature " + temperature + ", expected above zero");
    }
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
        new PartialOrderLoss(orderTemperature, orderSupervisedWeight),
        new LearningRateSchedule(
            schedule, learningRate, warmupSteps / (double) scheduleSteps, scheduleFloor),
        scheduleSteps,
        maxGradientNorm,
        temperature,
        new DivergenceBounds(minEffectiveShare, maxMeanSquareLogRatio, maxDrift),
        new MicroBatches(microBatchTokens));
  }

  /** How networks compute. */
  public Compute compute() {
    return new Compute(precision, recompute);
  }

  private PreferenceLoss preferenceLoss() {
    return switch (algorithm) {
      case GRPO, PRO, DPO -> new PreferenceLoss.Dpo(preferenceBeta);
      case REFERENCE_FREE_DPO -> new PreferenceLoss.ReferenceFreeDpo(preferenceBeta);
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

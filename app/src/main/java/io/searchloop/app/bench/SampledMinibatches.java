package io.searchloop.app.bench;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.RolloutGroup;
import io.searchloop.trainer.loss.LearningRateSchedule;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.Precision;
import io.searchloop.trainer.sampling.Answer;
import io.searchloop.trainer.sampling.PolicyDecoder;
import io.searchloop.trainer.warmstart.SupervisedWarmStart;
import io.searchloop.trainer.warmstart.WarmStart;
import io.searchloop.trainer.warmstart.WarmStartConfig;
import io.searchloop.trainer.warmstart.WarmStartText;
import io.searchloop.trainer.warmstart.WeightedPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Minibatches as the loop would make them, from a small policy and a seed: groups sampled from its
 * warm start, corrections among them, and a poisoned one and one of another algorithm in every
 * block, which the trainer has to refuse and count.
 *
 * <p>A block ends with what is trained and holds {@link #TRAINED} such minibatches, so that a
 * release every few of them covers a block to its end.
 */
public final class SampledMinibatches {
  /** Minibatches in a block. */
  public static final int BLOCK = 12;

  /** Those of them that are trained. */
  public static final int TRAINED = 10;

  private static final int POISONED = 3;
  private static final int CORRECTIONS = 5;
  private static final int PAIRS = 7;
  private static final int MEMBERS = 4;
  private static final long FIRST_LINEAGE = -1;
  private static final List<WeightedPair> CO_CLICKS =
      List.of(
          new WeightedPair("parasol", "patio umbrella", 1),
          new WeightedPair("parasol", "garden hose", 1),
          new WeightedPair("settee", "sofa", 1),
          new WeightedPair("settee", "door lock", 1));
  private static final List<String> QUERIES = List.of("parasol", "settee");

  private final RewriteFormat format;
  private final PolicyDecoder decoder;
  private final RandomGenerator random;

  /**
   * @param warmStart policy whose rewrites are in them
   * @param seed of the draws
   */
  public SampledMinibatches(WarmStart warmStart, long seed) {
    PolicyArtifact policy = warmStart.artifact(warmStart.network());
    NetworkConfig network = warmStart.network().config();
    this.format = policy.format();
    this.decoder = new PolicyDecoder(policy, network);
    this.random = new SplittableRandom(seed);
  }

  /** A policy of a few thousand weights; equal each time. The caller closes it. */
  public static WarmStart warmStart() {
    WarmStartText text =
        new WarmStartText(
            List.of("patio umbrella", "garden hose", "sofa", "door lock"),
            QUERIES,
            CO_CLICKS,
            List.of());
    WarmStartConfig config =
        new WarmStartConfig(
            Duration.ZERO,
            300,
            280,
            32,
            2,
            2,
            64,
            16,
            12,
            32,
            5e-3,
            1,
            1,
            "",
            LearningRateSchedule.Shape.COSINE,
            Precision.FP32,
            0,
            false,
            .3);
    return new SupervisedWarmStart(config, InstantSource.fixed(Instant.EPOCH))
        .train(text, progress -> {});
  }

  /** The next minibatches. */
  public List<Minibatch> blocks(int count) {
    List<Minibatch> minibatches = new ArrayList<>(count * BLOCK);
    for (int i = 0; i < count * BLOCK; i++) {
      minibatches.add(minibatch(i % BLOCK));
    }
    return minibatches;
  }

  private Minibatch minibatch(int place) {
    return switch (place) {
      case POISONED -> of(MinibatchKind.GROUPS, Double.NaN);
      case CORRECTIONS -> of(MinibatchKind.CORRECTIONS, .25);
      case PAIRS -> empty(MinibatchKind.PAIRS).build();
      default -> of(MinibatchKind.GROUPS, 1);
    };
  }

  /** One group a query, advantages scaled by {@code scale}. */
  private Minibatch of(MinibatchKind kind, double scale) {
    List<RolloutGroup> groups = new ArrayList<>();
    for (String query : QUERIES) {
      groups.add(group(query, scale));
    }
    return empty(kind).setGroups(groups).build();
  }

  private static Minibatch.Builder empty(MinibatchKind kind) {
    return Minibatch.newBuilder()
        .setKind(kind)
        .setLineage(FIRST_LINEAGE)
        .setCreatedAt(Instant.EPOCH);
  }

  private RolloutGroup group(String query, double scale) {
    int[] prompt = format.prompt(QueryContext.of(query));
    List<Answer> answers = decoder.sample(Collections.nCopies(MEMBERS, prompt), 1, random);
    double[] rewards = random.doubles(MEMBERS).toArray();
    double mean = 0;
    for (double reward : rewards) {
      mean += reward / MEMBERS;
    }
    List<GroupMember> members = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      members.add(
          GroupMember.newBuilder()
              .setRolloutId(query + "#" + i)
              .setTokenIds(Packed.ints(answers.get(i).tokens()))
              .setLogProbs(Packed.floats(answers.get(i).logProbs()))
              .setReward(rewards[i])
              .setAdvantage(scale * (rewards[i] - mean))
              .build());
    }
    return RolloutGroup.newBuilder()
        .setGroupId(query)
        .setQuery(query)
        .setPromptTokens(Packed.ints(prompt))
        .setMembers(members)
        .setFirstImpression(Instant.EPOCH)
        .setLastImpression(Instant.EPOCH)
        .build();
  }
}

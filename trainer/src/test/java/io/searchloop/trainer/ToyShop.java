package io.searchloop.trainer;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.MinibatchKind;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PreferencePair;
import io.searchloop.schemas.RolloutGroup;
import io.searchloop.trainer.checkpoint.RandomState;
import io.searchloop.trainer.export.ReleasedWeights;
import io.searchloop.trainer.loss.LearningRateSchedule;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.Precision;
import io.searchloop.trainer.network.Tensors;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Two gap words, each with a right and a wrong alternative that the warm start finds equally
 * likely. Reward is one for the right one, so expected reward starts near one half.
 */
final class ToyShop {
  static final List<String> QUERIES = List.of("parasol", "settee");
  static final List<String> RIGHT = List.of("patio umbrella", "sofa");
  private static final int MEMBERS = 8;

  private ToyShop() {}

  static WarmStart warmStart(int steps) {
    List<WeightedPair> coClicks =
        List.of(
            new WeightedPair("parasol", "patio umbrella", 1),
            new WeightedPair("parasol", "garden hose", 1),
            new WeightedPair("settee", "sofa", 1),
            new WeightedPair("settee", "door lock", 1));
    WarmStartText text =
        new WarmStartText(
            List.of("patio umbrella", "garden hose", "sofa", "door lock"),
            QUERIES,
            coClicks,
            List.of());
    WarmStartConfig config =
        new WarmStartConfig(
            Duration.ZERO,
            steps,
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
        .train(text, report -> {});
  }

  static double reward(String rewrite) {
    return RIGHT.contains(rewrite) ? 1 : 0;
  }

  /** A minibatch of one group a query, sampled from a policy as a worker would. */
  static Minibatch groups(
      PolicyArtifact policy,
      NetworkConfig network,
      long step,
      long lineage,
      ToDoubleFunction<String> reward,
      RandomGenerator random) {
    List<RolloutGroup> groups = new ArrayList<>();
    for (String query : QUERIES) {
      int[] prompt = policy.format().prompt(QueryContext.of(query));
      List<Answer> answers = sample(policy, network, prompt, random);
      double[] rewards = rewards(policy.format(), answers, reward);
      groups.add(group(query, prompt, answers, rewards, step));
    }
    return minibatch(MinibatchKind.GROUPS, lineage).setGroups(groups).build();
  }

  /** A minibatch of one pair a query: the right alternative over the wrong one. */
  static Minibatch pairs(RewriteFormat format, long lineage) {
    List<String> wrong = List.of("garden hose", "door lock");
    List<PreferencePair> pairs = new ArrayList<>();
    for (int i = 0; i < QUERIES.size(); i++) {
      pairs.add(
          PreferencePair.newBuilder()
              .setPairId("pair-" + i)
              .setPromptTokens(Packed.ints(format.prompt(QueryContext.of(QUERIES.get(i)))))
              .setPreferred(answer(format, RIGHT.get(i)))
              .setRejected(answer(format, wrong.get(i)))
              .build());
    }
    return minibatch(MinibatchKind.PAIRS, lineage).setPairs(pairs).build();
  }

  /** The weights in an artifact, bit by bit; its provenance aside. */
  static List<List<Float>> weights(byte[] artifact, NetworkConfig network) {
    try (PolicyNetwork loaded = PolicyNetwork.initialise(network, 0)) {
      ReleasedWeights.load(PolicyArtifact.read(artifact).onnx(), loaded);
      return loaded.parameters().values().stream()
          .map(Tensors::toFloats)
          .map(ToyShop::boxed)
          .toList();
    }
  }

  /** Share of sampled rewrites that are right. */
  static double expectedReward(PolicyArtifact policy, NetworkConfig network) {
    RandomGenerator random = new RandomState(99);
    double sum = 0;
    int count = 0;
    for (String query : QUERIES) {
      int[] prompt = policy.format().prompt(QueryContext.of(query));
      for (int i = 0; i < 16; i++) {
        List<Answer> answers = sample(policy, network, prompt, random);
        for (double value : rewards(policy.format(), answers, ToyShop::reward)) {
          sum += value;
          count++;
        }
      }
    }
    return sum / count;
  }

  private static Minibatch.Builder minibatch(MinibatchKind kind, long lineage) {
    return Minibatch.newBuilder().setKind(kind).setLineage(lineage).setCreatedAt(Instant.EPOCH);
  }

  private static List<Answer> sample(
      PolicyArtifact policy, NetworkConfig network, int[] prompt, RandomGenerator random) {
    List<int[]> prompts = Collections.nCopies(MEMBERS, prompt);
    return new PolicyDecoder(policy, network).sample(prompts, 1, random);
  }

  private static double[] rewards(
      RewriteFormat format, List<Answer> answers, ToDoubleFunction<String> reward) {
    return answers.stream()
        .mapToDouble(a -> format.rewrite(a.tokens()).map(reward::applyAsDouble).orElse(0.0))
        .toArray();
  }

  private static RolloutGroup group(
      String query, int[] prompt, List<Answer> answers, double[] rewards, long step) {
    double mean = Arrays.stream(rewards).average().orElseThrow();
    List<GroupMember> members = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      members.add(
          GroupMember.newBuilder()
              .setRolloutId(query + "#" + i)
              .setStep(step)
              .setTokenIds(Packed.ints(answers.get(i).tokens()))
              .setLogProbs(Packed.floats(answers.get(i).logProbs()))
              .setReward(rewards[i])
              .setAdvantage(rewards[i] - mean)
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

  private static List<Float> boxed(float[] values) {
    List<Float> boxed = new ArrayList<>(values.length);
    for (float value : values) {
      boxed.add(value);
    }
    return boxed;
  }

  private static GroupMember answer(RewriteFormat format, String text) {
    int[] tokens = format.answer(text).orElseThrow();
    return GroupMember.newBuilder()
        .setRolloutId(text)
        .setTokenIds(Packed.ints(tokens))
        .setLogProbs(Packed.floats(new float[tokens.length]))
        .build();
  }
}

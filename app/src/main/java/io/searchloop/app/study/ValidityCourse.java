package io.searchloop.app.study;

import io.searchloop.learning.advantage.AdvantageEstimator;
import io.searchloop.learning.advantage.GroupAdvantage;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.trainer.TrainerConfig;
import io.searchloop.trainer.checkpoint.AdamSettings;
import io.searchloop.trainer.checkpoint.RandomState;
import io.searchloop.trainer.checkpoint.TrainingState;
import io.searchloop.trainer.loss.StepOutcome;
import io.searchloop.trainer.loss.TrainingRollout;
import io.searchloop.trainer.loss.UpdateStep;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.TokenMask;
import io.searchloop.trainer.sampling.Answer;
import io.searchloop.trainer.sampling.PolicyDecoder;
import io.searchloop.trainer.warmstart.RewritePair;
import io.searchloop.trainer.warmstart.WarmStart;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * GRPO from one start, sampled freely. Reward is LESER's shape with a truth in place of an engine:
 * validity times how many of the right words the rewrite has (F1), so an invalid rewrite earns 0
 * and nothing is left to hack. Owns a copy of the weights until {@link #close}.
 */
final class ValidityCourse implements AutoCloseable {
  private final ValidityPlan plan;
  private final TrainerConfig config;
  private final WarmStart policy;
  private final PolicyNetwork reference;
  private final TrainingState state;
  private final UnforcedGrammar grammar;
  private final TokenMask mask;
  private final UpdateStep update;
  private final Supplier<RewritePair> pairs;
  private final RandomState random;
  private int flat;
  private int groups;
  private int refused;

  /**
   * @param start where training starts; stays the caller's
   * @param pairs train queries with what they should become
   */
  ValidityCourse(
      ValidityPlan plan,
      TrainerConfig config,
      WarmStart start,
      Supplier<RewritePair> pairs,
      long seed) {
    this.plan = plan;
    this.config = config;
    this.pairs = pairs;
    this.random = new RandomState(seed);
    this.reference = start.network().frozenCopy();
    PolicyNetwork copy =
        PolicyNetwork.restore(start.network().config(), start.network().parameters());
    this.state = new TrainingState(copy, AdamSettings.defaults(), seed);
    this.policy =
        new WarmStart(copy, start.tokenizer(), start.spec(), start.probes(), start.figures());
    this.grammar = new UnforcedGrammar(start.spec().maxRewriteTokens());
    this.mask = TokenMask.of(grammar, start.spec().vocabularySize());
    this.update =
        new UpdateStep(
            copy,
            reference,
            state.optimizer(),
            mask,
            config.updateSettings(start.spec().maxRewriteTokens()));
  }

  /** The policy as trained so far. */
  WarmStart policy() {
    return policy;
  }

  /** One step; returns the mean reward of its rollouts. */
  double step() {
    RewriteFormat format = policy.format();
    List<RewritePair> drawn = new ArrayList<>();
    List<int[]> prompts = new ArrayList<>();
    for (int q = 0; q < plan.queries(); q++) {
      RewritePair pair = pairs.get();
      drawn.add(pair);
      int[] prompt = format.prompt(QueryContext.of(pair.source()));
      for (int i = 0; i < plan.members(); i++) {
        prompts.add(prompt);
      }
    }
    List<Answer> answers =
        new PolicyDecoder(policy.artifact(policy.network()), policy.network().config(), grammar)
            .sample(prompts, config.temperature(), random);
    List<TrainingRollout> rollouts = new ArrayList<>();
    double sum = 0;
    for (int q = 0; q < plan.queries(); q++) {
      int from = q * plan.members();
      List<Answer> group = answers.subList(from, from + plan.members());
      double[] rewards = WordOverlap.rewards(group, drawn.get(q).target(), format);
      for (double reward : rewards) {
        sum += reward / prompts.size();
      }
      rollouts.addAll(rollouts(prompts.get(from), group, rewards));
    }
    learn(rollouts);
    return sum;
  }

  private List<TrainingRollout> rollouts(int[] prompt, List<Answer> group, double[] rewards) {
    GroupAdvantage advantage = GroupAdvantage.of(AdvantageEstimator.CENTRED, rewards);
    groups++;
    flat += advantage.flat() ? 1 : 0;
    List<TrainingRollout> rollouts = new ArrayList<>();
    for (int i = 0; i < group.size() && !advantage.flat(); i++) {
      Answer answer = group.get(i);
      rollouts.add(
          new TrainingRollout(
              prompt, answer.tokens(), answer.logProbs(), advantage.of(i), state.step()));
    }
    return rollouts;
  }

  private void learn(List<TrainingRollout> rollouts) {
    if (rollouts.isEmpty()) {
      return;
    }
    if (update.groups(rollouts, state.step()) instanceof StepOutcome.Updated) {
      state.advance();
    } else {
      refused++;
    }
  }

  /** Share of the groups that were flat so far. */
  double flatShare() {
    return groups == 0 ? 0 : flat / (double) groups;
  }

  /** Steps that the trainer refused. */
  int refused() {
    return refused;
  }

  @Override
  public void close() {
    mask.close();
    state.close();
    reference.close();
  }
}

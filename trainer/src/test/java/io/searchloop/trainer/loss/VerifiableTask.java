package io.searchloop.trainer.loss;

import io.searchloop.learning.advantage.AdvantageEstimator;
import io.searchloop.learning.advantage.GroupAdvantage;
import io.searchloop.trainer.network.AnswerScorer;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.TinyNetworks;
import io.searchloop.trainer.network.TokenMask;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * Four prompts with eight answers each, small enough to enumerate: what a policy expects to earn is
 * computed, not sampled, and the optimum is known. An answer is one of eight tokens, then the end
 * token; its rank counts from the prompt's best.
 */
final class VerifiableTask implements AutoCloseable {
  static final int PROMPTS = 4;
  static final int ANSWERS = 8;
  private static final int FIRST_ANSWER = 10;
  private static final int FIRST_PROMPT = 20;
  private static final int END = 3;

  private final TokenMask mask =
      TokenMask.of(
          2,
          TinyNetworks.PLAIN.vocabularySize(),
          (position, token) ->
              position == 0
                  ? token >= FIRST_ANSWER && token < FIRST_ANSWER + ANSWERS
                  : token == END);
  private final ToDoubleFunction<Integer> rewardOfRank;

  /**
   * @param rewardOfRank reward of a prompt's best answer (rank 0), the next, ...
   */
  VerifiableTask(ToDoubleFunction<Integer> rewardOfRank) {
    this.rewardOfRank = rewardOfRank;
  }

  TokenMask mask() {
    return mask;
  }

  /** Another answer is best for each prompt, so that a policy must read it. */
  static int[] answer(int prompt, int rank) {
    return new int[] {FIRST_ANSWER + (3 * prompt + rank) % ANSWERS, END};
  }

  static int[] prompt(int prompt) {
    return new int[] {1, FIRST_PROMPT + prompt, 2};
  }

  double reward(int rank) {
    return rewardOfRank.applyAsDouble(rank);
  }

  /** Probability of each rank, {@code [prompt][rank]}. */
  double[][] probabilities(PolicyNetwork network) {
    List<int[]> prompts = new ArrayList<>();
    List<int[]> answers = new ArrayList<>();
    for (int p = 0; p < PROMPTS; p++) {
      prompts.addAll(Collections.nCopies(ANSWERS, prompt(p)));
      for (int rank = 0; rank < ANSWERS; rank++) {
        answers.add(answer(p, rank));
      }
    }
    double[][] logProbs = new AnswerScorer(1, mask).logProbs(network, prompts, answers);
    double[][] probabilities = new double[PROMPTS][ANSWERS];
    for (int row = 0; row < logProbs.length; row++) {
      probabilities[row / ANSWERS][row % ANSWERS] = Math.exp(logProbs[row][0] + logProbs[row][1]);
    }
    return probabilities;
  }

  /** What the policy earns on average. */
  double expectedReward(PolicyNetwork network) {
    double sum = 0;
    for (double[] ofPrompt : probabilities(network)) {
      for (int rank = 0; rank < ANSWERS; rank++) {
        sum += ofPrompt[rank] * reward(rank);
      }
    }
    return sum / PROMPTS;
  }

  /**
   * Sampled groups, one for each prompt, flat ones left out as assembly does.
   *
   * @param sampler probabilities of the policy that answers
   * @param recorded probabilities that are written down as the sampler's
   */
  List<TrainingRollout> groups(
      double[][] sampler,
      double[][] recorded,
      int members,
      AdvantageEstimator estimator,
      RandomGenerator random) {
    List<TrainingRollout> rollouts = new ArrayList<>();
    for (int p = 0; p < PROMPTS; p++) {
      int[] ranks = new int[members];
      double[] rewards = new double[members];
      for (int i = 0; i < members; i++) {
        ranks[i] = draw(sampler[p], random);
        rewards[i] = reward(ranks[i]);
      }
      GroupAdvantage advantage = GroupAdvantage.of(estimator, rewards);
      for (int i = 0; i < members && !advantage.flat(); i++) {
        float[] logProbs = {(float) Math.log(recorded[p][ranks[i]]), 0};
        rollouts.add(
            new TrainingRollout(prompt(p), answer(p, ranks[i]), logProbs, advantage.of(i), 0));
      }
    }
    return rollouts;
  }

  /** A rank drawn with these probabilities. */
  static int draw(double[] probabilities, RandomGenerator random) {
    double threshold = random.nextDouble();
    int rank = 0;
    while (rank < ANSWERS - 1 && threshold >= probabilities[rank]) {
      threshold -= probabilities[rank++];
    }
    return rank;
  }

  @Override
  public void close() {
    mask.close();
  }
}

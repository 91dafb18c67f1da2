package io.searchloop.app.bench.training;

import io.searchloop.trainer.loss.TrainingPair;
import io.searchloop.trainer.loss.TrainingRollout;
import io.searchloop.trainer.network.AnswerScorer;
import io.searchloop.trainer.network.Packing;
import io.searchloop.trainer.network.PolicyNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The same number of sequences for every loss, as long as queries and rewrites are: prompts of 8 to
 * 24 tokens, answers of 4 to 12, uniformly. Supervised examples all have prompts of their own, the
 * {@link TrainerPlan#MEMBERS} rollouts of a group share one, and so do the answers of a pair.
 *
 * @param prompts supervised prompts
 * @param answers supervised answers
 * @param rollouts members of groups, scored by the network that will learn from them
 * @param pairs pairs
 */
record TrainerWorkload(
    List<int[]> prompts,
    List<int[]> answers,
    List<TrainingRollout> rollouts,
    List<TrainingPair> pairs) {
  private static final int MIN_PROMPT = 8;
  private static final int MIN_ANSWER = 4;

  static TrainerWorkload of(
      int groups, PolicyNetwork network, AnswerScorer scorer, RandomGenerator random) {
    int vocabulary = network.config().vocabularySize();
    int sequences = groups * TrainerPlan.MEMBERS;
    List<int[]> prompts = new ArrayList<>();
    List<int[]> answers = new ArrayList<>();
    for (int i = 0; i < sequences; i++) {
      prompts.add(prompt(vocabulary, random));
      answers.add(answer(vocabulary, random));
    }
    List<TrainingPair> pairs = new ArrayList<>();
    for (int i = 0; i < sequences / 2; i++) {
      pairs.add(
          new TrainingPair(
              prompt(vocabulary, random),
              answer(vocabulary, random),
              answer(vocabulary, random),
              0));
    }
    return new TrainerWorkload(prompts, answers, rollouts(groups, network, scorer, random), pairs);
  }

  private static List<TrainingRollout> rollouts(
      int groups, PolicyNetwork network, AnswerScorer scorer, RandomGenerator random) {
    int vocabulary = network.config().vocabularySize();
    List<int[]> prompts = new ArrayList<>();
    List<int[]> answers = new ArrayList<>();
    for (int group = 0; group < groups; group++) {
      int[] prompt = prompt(vocabulary, random);
      for (int member = 0; member < TrainerPlan.MEMBERS; member++) {
        prompts.add(prompt);
        answers.add(answer(vocabulary, random));
      }
    }
    double[][] logProbs = scorer.logProbs(network, prompts, answers);
    List<TrainingRollout> rollouts = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      double advantage = i % 2 == 0 ? .5 : -.5;
      rollouts.add(
          new TrainingRollout(prompts.get(i), answers.get(i), narrowed(logProbs[i]), advantage, 0));
    }
    return rollouts;
  }

  Packing supervisedPacking() {
    return Packing.of(prompts, answers);
  }

  Packing groupPacking() {
    return Packing.of(
        rollouts.stream().map(TrainingRollout::prompt).toList(),
        rollouts.stream().map(TrainingRollout::answer).toList());
  }

  Packing pairPacking() {
    List<int[]> twice = new ArrayList<>();
    List<int[]> both = new ArrayList<>();
    for (TrainingPair pair : pairs) {
      twice.add(pair.prompt());
      both.add(pair.preferred());
      twice.add(pair.prompt());
      both.add(pair.rejected());
    }
    return Packing.of(twice, both);
  }

  private static int[] prompt(int vocabulary, RandomGenerator random) {
    return tokens(random.nextInt(MIN_PROMPT, TrainerPlan.MAX_PROMPT + 1), vocabulary, random);
  }

  private static int[] answer(int vocabulary, RandomGenerator random) {
    return tokens(random.nextInt(MIN_ANSWER, TrainerPlan.MAX_ANSWER + 1), vocabulary, random);
  }

  private static int[] tokens(int length, int vocabulary, RandomGenerator random) {
    return random.ints(length, 0, vocabulary).toArray();
  }

  private static float[] narrowed(double[] values) {
    float[] narrowed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrowed[i] = (float) values[i];
    }
    return narrowed;
  }
}

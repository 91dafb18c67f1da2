package io.searchloop.trainer.offline;

import io.searchloop.learning.advantage.AdvantageEstimator;
import io.searchloop.learning.advantage.GroupAdvantage;
import io.searchloop.learning.preference.PairLevels;
import io.searchloop.trainer.loss.TrainingOrder;
import io.searchloop.trainer.loss.TrainingPair;
import io.searchloop.trainer.loss.TrainingRollout;
import io.searchloop.trainer.sampling.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The answers to one query with what they earned. The arrays are the record's own: nobody changes
 * them.
 *
 * @param prompt prompt token ids
 * @param sampled every answer as text, in sampling order
 * @param answers those that somebody could score; the others are left out
 * @param scores what they earned
 */
record SampledGroup(
    int[] prompt, List<Feedback.Proposal> sampled, List<Answer> answers, Feedback.Scores scores) {

  /** A group that learns from those answers that have a score. */
  static SampledGroup of(
      int[] prompt,
      List<Answer> answers,
      List<Feedback.Proposal> proposals,
      Feedback.Scores scores) {
    int[] scored =
        IntStream.range(0, answers.size())
            .filter(i -> !Double.isNaN(scores.rewards().get(i)))
            .toArray();
    return new SampledGroup(
        prompt,
        proposals,
        Arrays.stream(scored).mapToObj(answers::get).toList(),
        new Feedback.Scores(
            Arrays.stream(scored).mapToObj(scores.rewards()::get).toList(), scores.identity()));
  }

  private GroupAdvantage advantage() {
    double[] rewards = scores.rewards().stream().mapToDouble(Double::doubleValue).toArray();
    return GroupAdvantage.of(AdvantageEstimator.CENTRED, rewards);
  }

  /** Whether all answers earned the same, so that there is nothing to learn. */
  boolean flat() {
    return answers.size() < 2 || advantage().flat();
  }

  /**
   * Answers of different rewards, the better one first. Rewards are exact here, so no label is in
   * doubt; of answers that earned the same the first stands for all.
   */
  List<TrainingPair> pairs(PairLevels allowed) {
    List<List<Answer>> levels = levels();
    List<TrainingPair> pairs = new ArrayList<>();
    for (int better = 0; better < levels.size(); better++) {
      int last = allowed == PairLevels.ADJACENT ? better + 1 : levels.size() - 1;
      for (int worse = better + 1; worse <= Math.min(last, levels.size() - 1); worse++) {
        pairs.add(
            new TrainingPair(
                prompt, levels.get(better).get(0).tokens(), levels.get(worse).get(0).tokens(), 0));
      }
    }
    return pairs;
  }

  /** All answers in the order of what they earned; not for a flat group. */
  TrainingOrder order() {
    List<List<Answer>> byReward = levels();
    int[] levels =
        IntStream.range(0, byReward.size())
            .flatMap(level -> byReward.get(level).stream().mapToInt(answer -> level))
            .toArray();
    return new TrainingOrder(
        prompt, byReward.stream().flatMap(List::stream).map(Answer::tokens).toList(), levels);
  }

  /** Answers by reward, the best first. */
  private List<List<Answer>> levels() {
    NavigableMap<Double, List<Answer>> levels = new TreeMap<>(Comparator.reverseOrder());
    for (int i = 0; i < answers.size(); i++) {
      levels
          .computeIfAbsent(scores.rewards().get(i), reward -> new ArrayList<>())
          .add(answers.get(i));
    }
    return List.copyOf(levels.values());
  }

  /** The answers as the optimiser sees them. */
  List<TrainingRollout> rollouts(long step) {
    GroupAdvantage advantage = advantage();
    List<TrainingRollout> rollouts = new ArrayList<>(answers.size());
    for (int i = 0; i < answers.size(); i++) {
      Answer answer = answers.get(i);
      rollouts.add(
          new TrainingRollout(prompt, answer.tokens(), answer.logProbs(), advantage.of(i), step));
    }
    return rollouts;
  }
}

package io.searchloop.trainer.offline;

import io.searchloop.learning.advantage.AdvantageEstimator;
import io.searchloop.learning.advantage.GroupAdvantage;
import io.searchloop.trainer.loss.TrainingRollout;
import io.searchloop.trainer.sampling.Answer;
import java.util.ArrayList;
import java.util.List;

/**
 * The answers to one query with what they earned. The arrays are the record's own: nobody changes
 * them.
 *
 * @param prompt prompt token ids
 * @param answers in sampling order
 * @param proposals the answers as text
 * @param scores what they earned
 */
record SampledGroup(
    int[] prompt, List<Answer> answers, List<Feedback.Proposal> proposals, Feedback.Scores scores) {

  private GroupAdvantage advantage() {
    double[] rewards = scores.rewards().stream().mapToDouble(Double::doubleValue).toArray();
    return GroupAdvantage.of(AdvantageEstimator.CENTRED, rewards);
  }

  /** Whether all answers earned the same, so that there is nothing to learn. */
  boolean flat() {
    return advantage().flat();
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

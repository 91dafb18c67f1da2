package io.searchloop.trainer.loss;

import io.searchloop.trainer.network.ResponseScores;
import io.searchloop.trainer.network.SequenceBatch;
import io.searchloop.trainer.network.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Rollouts with what the current policy makes of them. Tensors belong to the scope they were made
 * in.
 *
 * @param rollouts members of groups
 * @param batch their tokens
 * @param scores log-probabilities and entropy under the current policy
 */
record ScoredRollouts(List<TrainingRollout> rollouts, SequenceBatch batch, ResponseScores scores) {

  static SequenceBatch batch(List<TrainingRollout> rollouts) {
    return SequenceBatch.of(
        rollouts.stream().map(TrainingRollout::prompt).toList(),
        rollouts.stream().map(TrainingRollout::answer).toList());
  }

  LogRatios ratios() {
    return LogRatios.of(rollouts, Tensors.toDoubles(scores.logProbs()));
  }

  /**
   * What the loss of some of them looks at.
   *
   * @param kept indices of those that are learned from
   * @param reference l_ref {@code (B, R)} of all
   */
  LossInputs inputs(List<Integer> kept, Tensor reference) {
    List<TrainingRollout> members = kept.stream().map(rollouts::get).toList();
    double[] behaviour = members.stream().mapToDouble(TrainingRollout::behaviourLogProb).toArray();
    double[] advantages = members.stream().mapToDouble(TrainingRollout::advantage).toArray();
    Tensor logProbs = rows(scores.logProbs(), kept);
    return new LossInputs(
        logProbs,
        logProbs.detach(),
        Tensors.ofFloats(behaviour, behaviour.length),
        rows(reference, kept),
        rows(batch.floatMask(), kept),
        Tensors.ofFloats(advantages, advantages.length));
  }

  /** Mean entropy per answer token of some of them, in nats. */
  double entropy(List<Integer> kept) {
    return Figures.maskedMean(rows(scores.entropy(), kept), rows(batch.floatMask(), kept));
  }

  private Tensor rows(Tensor tensor, List<Integer> kept) {
    if (kept.size() == rollouts.size()) {
      return tensor;
    }
    long[] indices = kept.stream().mapToLong(Integer::longValue).toArray();
    return tensor.index_select(0, Tensors.ofLongs(indices, indices.length));
  }
}

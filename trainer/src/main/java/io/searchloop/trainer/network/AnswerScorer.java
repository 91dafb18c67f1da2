package io.searchloop.trainer.network;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;

/**
 * Log-probabilities of answers as plain arrays, for those who compare networks but hold no tensors.
 * Borrows the mask. Thread owner: the trainer thread.
 */
public final class AnswerScorer {
  private final ResponseScorer scorer;

  public AnswerScorer(double temperature, TokenMask mask) {
    this.scorer = new ResponseScorer(temperature, mask);
  }

  /**
   * Scores without gradients, in float32 whatever the network learns in.
   *
   * @param prompts prompt token ids
   * @param answers answer token ids, one for each prompt
   * @return log-probability of each answer token, in nats
   */
  public double[][] logProbs(PolicyNetwork network, List<int[]> prompts, List<int[]> answers) {
    try (PointerScope scope = new PointerScope()) {
      SequenceBatch batch = SequenceBatch.of(prompts, answers);
      double[] flat = Tensors.toDoubles(scorer.scoreExactly(network, batch).logProbs());
      int width = flat.length / answers.size();
      double[][] scores = new double[answers.size()][];
      Arrays.setAll(
          scores, i -> Arrays.copyOfRange(flat, i * width, i * width + answers.get(i).length));
      return scores;
    }
  }
}

package io.searchloop.trainer.loss;

import io.searchloop.trainer.checkpoint.AdamOptimizer;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.ResponseScorer;
import io.searchloop.trainer.network.SequenceBatch;
import io.searchloop.trainer.network.TokenMask;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;

/**
 * One supervised step from plain Java: mean cross entropy of the answer tokens, then AdamW. Borrows
 * network, optimiser and mask. Thread owner: the caller's.
 */
public final class SupervisedStep {
  private static final double MAX_GRADIENT_NORM = 1;

  private final PolicyNetwork network;
  private final AdamOptimizer optimizer;
  private final ResponseScorer scorer;
  private final SupervisedLoss loss = new SupervisedLoss();

  public SupervisedStep(PolicyNetwork network, AdamOptimizer optimizer, TokenMask mask) {
    this.network = network;
    this.optimizer = optimizer;
    this.scorer = new ResponseScorer(1, mask);
  }

  /**
   * Learns a batch.
   *
   * @param prompts prompt token ids
   * @param answers answer token ids, one for each prompt
   * @return loss in nats per answer token, before the step
   */
  public double learn(List<int[]> prompts, List<int[]> answers, double learningRate) {
    try (PointerScope scope = new PointerScope()) {
      SequenceBatch batch = SequenceBatch.of(prompts, answers);
      LossOutputs outputs = loss.compute(scorer.score(network, batch).logProbs(), batch.mask());
      outputs.backward();
      optimizer.step(learningRate, MAX_GRADIENT_NORM);
      return outputs.figure("loss");
    }
  }
}

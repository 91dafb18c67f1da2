package io.searchloop.trainer.loss;

import io.searchloop.trainer.checkpoint.AdamOptimizer;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.ResponseScorer;
import io.searchloop.trainer.network.SequenceBatch;
import io.searchloop.trainer.network.TokenMask;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One supervised step from plain Java: mean cross entropy of the answer tokens, then AdamW. Borrows
 * network, optimiser and mask. Thread owner: the caller's.
 */
public final class SupervisedStep {
  private static final double MAX_GRADIENT_NORM = 1;

  private final PolicyNetwork network;
  private final AdamOptimizer optimizer;
  private final ResponseScorer scorer;
  private final MicroBatches microBatches;
  private final SupervisedLoss loss = new SupervisedLoss();

  /**
   * @param mask of the rewrite format
   * @param microBatches how much is computed at once
   */
  public SupervisedStep(
      PolicyNetwork network, AdamOptimizer optimizer, TokenMask mask, MicroBatches microBatches) {
    this.network = network;
    this.optimizer = optimizer;
    this.scorer = new ResponseScorer(1, mask);
    this.microBatches = microBatches;
  }

  /**
   * Learns a batch.
   *
   * @param prompts prompt token ids
   * @param answers answer token ids, one for each prompt
   * @return loss in nats per answer token, before the step
   */
  public double learn(List<int[]> prompts, List<int[]> answers, double learningRate) {
    List<Integer> examples = IntStream.range(0, prompts.size()).boxed().toList();
    double tokens = answers.stream().mapToInt(answer -> answer.length).sum();
    AccumulatedGradient gradient = new AccumulatedGradient(optimizer);
    for (List<Integer> part :
        microBatches.split(examples, i -> prompts.get(i).length + answers.get(i).length)) {
      List<int[]> own = part.stream().map(answers::get).toList();
      gradient.add(
          own.stream().mapToInt(answer -> answer.length).sum() / tokens,
          () -> loss(part.stream().map(prompts::get).toList(), own));
    }
    if (gradient.finite()) {
      optimizer.step(learningRate, MAX_GRADIENT_NORM);
    }
    return gradient.figure("loss");
  }

  private LossOutputs loss(List<int[]> prompts, List<int[]> answers) {
    SequenceBatch batch = SequenceBatch.of(prompts, answers);
    return loss.compute(scorer.score(network, batch).logProbs(), batch.mask());
  }
}

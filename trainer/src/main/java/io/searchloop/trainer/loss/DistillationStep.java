package io.searchloop.trainer.loss;

import io.searchloop.trainer.checkpoint.AdamOptimizer;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.ResponseScorer;
import io.searchloop.trainer.network.SequenceBatch;
import io.searchloop.trainer.network.TokenMask;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;

/**
 * One distillation step from plain Java: student and teacher read the same answers, AdamW moves the
 * student. Borrows networks, optimiser and mask. Thread owner: the caller's.
 */
public final class DistillationStep {
  private static final double MAX_GRADIENT_NORM = 1;

  private final PolicyNetwork student;
  private final PolicyNetwork teacher;
  private final AdamOptimizer optimizer;
  private final ResponseScorer scorer;
  private final DistillationLoss loss;

  /**
   * @param optimizer of the student's weights
   * @param mask of the rewrite format both speak
   */
  public DistillationStep(
      PolicyNetwork student,
      PolicyNetwork teacher,
      AdamOptimizer optimizer,
      TokenMask mask,
      DistillationLoss loss) {
    this.student = student;
    this.teacher = teacher;
    this.optimizer = optimizer;
    this.scorer = new ResponseScorer(1, mask);
    this.loss = loss;
  }

  /**
   * Learns a batch.
   *
   * @param prompts prompt token ids
   * @param answers answer token ids, one for each prompt
   * @return divergence in nats per answer token, before the step
   */
  public double learn(List<int[]> prompts, List<int[]> answers, double learningRate) {
    try (PointerScope scope = new PointerScope()) {
      LossOutputs outputs = loss.compute(inputs(SequenceBatch.of(prompts, answers)));
      outputs.backward();
      optimizer.step(learningRate, MAX_GRADIENT_NORM);
      return outputs.figure("token_divergence");
    }
  }

  private DistillationInputs inputs(SequenceBatch batch) {
    return new DistillationInputs(
        scorer.distributions(student, batch),
        scorer.frozenDistributions(teacher, batch),
        batch.responses().size());
  }
}

package io.searchloop.trainer.loss;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * How far a student is from its teacher, over the whole vocabulary at every token of some answers.
 * A student too small to be its teacher must choose what to give up, and the direction chooses for
 * it (MiniLLM, arXiv 2306.08543; MiniELM, arXiv 2501.18056).
 *
 * <pre>
 *   loss = sum over tokens t of KL_t / number of sequences
 * </pre>
 *
 * <p>Worked numbers, teacher (.60, .39, .01) and student (.34, .33, .33): reverse KL .9056, forward
 * KL .3710 nats. The gradient is that of KL_t given the answer so far; that sampling depends on the
 * student's weights too is left out, as in on-policy distillation (arXiv 2306.13649).
 */
public enum DistillationLoss {
  /**
   * {@code KL(student || teacher)} over answers the student sampled: mode-seeking. The student
   * gives up rare rewrites rather than invent what the teacher never says.
   */
  REVERSE_KL {
    @Override
    Tensor perToken(Tensor student, Tensor teacher) {
      return student.exp().mul(student.sub(teacher)).sum(1L);
    }
  },
  /**
   * {@code KL(teacher || student)} over answers the teacher sampled: mode-covering. The student
   * spreads over all that the teacher says, and what lies between.
   */
  FORWARD_KL {
    @Override
    Tensor perToken(Tensor student, Tensor teacher) {
      return teacher.exp().mul(teacher.sub(student)).sum(1L);
    }
  };

  /** KL in nats of each row {@code (N)} from finite log-probabilities {@code (N, vocabulary)}. */
  abstract Tensor perToken(Tensor student, Tensor teacher);

  /** The loss and figures of one batch of answers. */
  public LossOutputs compute(DistillationInputs inputs) {
    Tensor divergence = perToken(inputs.finiteStudent(), inputs.finiteTeacher());
    Tensor loss = divergence.sum().div(new Scalar((double) inputs.sequences()));
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss", Figures.scalar(loss));
    figures.put("token_divergence", Figures.mean(divergence));
    return new LossOutputs(loss, figures);
  }
}

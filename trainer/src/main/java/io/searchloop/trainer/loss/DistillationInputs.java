package io.searchloop.trainer.loss;

import io.searchloop.trainer.network.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What student and teacher would say at each of N answer tokens. Both are normalised over the same
 * allowed tokens; forbidden ones are negative infinity in both.
 *
 * @param student log-probabilities {@code (N, vocabulary)}, with gradient
 * @param teacher log-probabilities {@code (N, vocabulary)}, without
 * @param sequences answers the tokens belong to
 */
public record DistillationInputs(Tensor student, Tensor teacher, int sequences) {
  /** Any finite number far below a real log-probability: its exponent is zero. */
  private static final double NEVER = -1e4;

  public DistillationInputs {
    if (student.dim() != 2 || sequences < 1) {
      throw new IllegalArgumentException(
          "distillation inputs: found %d dimensions and %d sequences, expected (tokens, vocabulary) of at least one sequence"
              .formatted(student.dim(), sequences));
    }
    Tensors.requireShape(
        "distillation input teacher (same tokenizer as the student?)", teacher, student.shape());
  }

  /** A forbidden token adds 0 log(0/0) = 0; computed with infinities it would be no number. */
  Tensor finiteStudent() {
    return finite(student);
  }

  Tensor finiteTeacher() {
    return finite(teacher);
  }

  private static Tensor finite(Tensor logProbs) {
    return logProbs.masked_fill(logProbs.isneginf(), new Scalar(NEVER));
  }
}

package io.searchloop.trainer.loss;

import io.searchloop.trainer.network.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Answers of some partial orders in one row, and who is better than whom. M answers in all.
 *
 * @param scores s {@code (M)}: mean log-probability of an answer's tokens, with gradient
 * @param worse {@code (M, M)} bool: true at (k, i) where i stands on a lower level of k's order
 * @param best {@code (M)}: one over the number of best answers of its order for a best answer, else
 *     zero; adds up to the number of orders
 * @param orders number of orders
 */
public record PartialOrderInputs(Tensor scores, Tensor worse, Tensor best, int orders) {

  public PartialOrderInputs {
    long members = scores.numel();
    Tensors.requireShape("order input scores", scores, members);
    Tensors.requireShape("order input worse", worse, members, members);
    Tensors.requireShape("order input best", best, members);
    if (orders < 1) {
      throw new IllegalArgumentException("order inputs: found no order, expected at least one");
    }
  }

  /**
   * The comparisons of orders whose answers were scored in order.
   *
   * @param scores s {@code (M)}
   */
  static PartialOrderInputs of(Tensor scores, List<TrainingOrder> orders) {
    int members = orders.stream().mapToInt(order -> order.answers().size()).sum();
    boolean[] worse = new boolean[members * members];
    double[] best = new double[members];
    int from = 0;
    for (TrainingOrder order : orders) {
      int[] levels = order.levels();
      for (int k = 0; k < levels.length; k++) {
        best[from + k] = levels[k] == 0 ? 1.0 / order.best() : 0;
        for (int i = k + 1; i < levels.length; i++) {
          worse[(from + k) * members + from + i] = levels[i] > levels[k];
        }
      }
      from += levels.length;
    }
    return new PartialOrderInputs(
        scores,
        Tensor.create(worse, members, members),
        Tensors.ofDoubles(best, members).to(scores.scalar_type()),
        orders.size());
  }

  /** Every answer's prompt, in the row's order. */
  static List<int[]> prompts(List<TrainingOrder> orders) {
    return orders.stream()
        .flatMap(order -> order.answers().stream().map(answer -> order.prompt()))
        .toList();
  }

  /** Every answer, in the row's order. */
  static List<int[]> answers(List<TrainingOrder> orders) {
    return orders.stream().flatMap(order -> order.answers().stream()).toList();
  }

  /** Tokens of every answer {@code (M)}, in the row's order. */
  static Tensor lengths(List<TrainingOrder> orders) {
    double[] lengths = answers(orders).stream().mapToDouble(answer -> answer.length).toArray();
    return Tensors.ofFloats(lengths, lengths.length);
  }

  /** {@link #worse} and each answer itself: who shares a softmax with k. */
  Tensor rivals() {
    boolean[] itself = new boolean[Math.toIntExact(worse.numel())];
    int members = Math.toIntExact(scores.numel());
    for (int k = 0; k < members; k++) {
      itself[k * members + k] = true;
    }
    return worse.logical_or(Tensor.create(itself, members, members));
  }
}

package io.searchloop.trainer.loss;

import io.searchloop.trainer.checkpoint.AdamOptimizer;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;

/**
 * Gradient and figures of a minibatch, added up over its parts: {@code loss = sum share_i loss_i},
 * where a part's share is that of the sequences, or of the tokens, its loss is a mean over.
 *
 * <p>Worked number: parts of one and three pairs with losses .8 and .4 make .25 * .8 + .75 * .4 =
 * .5. Figures are weighted alike.
 *
 * <p>Confined to the thread of its step. Nothing of a failed part stays in the gradients.
 */
final class AccumulatedGradient {
  private final AdamOptimizer optimizer;
  private final Map<String, Double> figures = new TreeMap<>();
  private boolean finite = true;

  AccumulatedGradient(AdamOptimizer optimizer) {
    this.optimizer = optimizer;
  }

  /** Computes a part in a scope of its own and adds its gradient; skipped after a bad part. */
  void add(double share, Supplier<LossOutputs> part) {
    if (!finite) {
      return;
    }
    try (PointerScope scope = new PointerScope()) {
      LossOutputs outputs = part.get();
      outputs.figures().forEach((name, value) -> figures.merge(name, share * value, Double::sum));
      if (Double.isFinite(outputs.figure("loss"))) {
        (share == 1 ? outputs.loss() : outputs.loss().mul(new Scalar(share))).backward();
        return;
      }
      forget();
    } catch (RuntimeException e) {
      forget();
      throw e;
    }
  }

  /** Figures so far. */
  Map<String, Double> figures() {
    return figures;
  }

  double figure(String name) {
    return figures.getOrDefault(name, Double.NaN);
  }

  /** Whether every part had a finite loss. */
  boolean finite() {
    return finite;
  }

  private void forget() {
    finite = false;
    optimizer.clearGradients();
  }
}

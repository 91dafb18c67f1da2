package io.searchloop.trainer.checkpoint;

import io.searchloop.trainer.network.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * AdamW whose whole state can be saved and restored bit by bit (Loshchilov and Hutter, arXiv
 * 1711.05101).
 *
 * <p>libtorch has AdamW too, but its Java binding reaches the moments only through an opaque
 * archive, which cannot be verified by name and shape nor stored beside the weights; these few
 * tensor operations can.
 *
 * <pre>
 *   m = b1 m + (1 - b1) g        v = b2 v + (1 - b2) g^2
 *   p = p - lr decay p - lr (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + epsilon)
 * </pre>
 *
 * <p>Worked number: p = 1, g = .5, first update, lr .1, no decay: p = .9, whatever g's size.
 *
 * <p>Borrows the parameters, owns the moments until {@link #close}. Thread owner: the trainer
 * thread.
 */
public final class AdamOptimizer implements AutoCloseable {
  private final AdamSettings settings;
  private final Map<String, Tensor> parameters;
  private final Map<String, Tensor> firstMoments = new LinkedHashMap<>();
  private final Map<String, Tensor> secondMoments = new LinkedHashMap<>();
  private long updates;

  /** A fresh optimiser of {@code parameters}, all of which require a gradient. */
  public AdamOptimizer(Map<String, Tensor> parameters, AdamSettings settings) {
    this.settings = settings;
    this.parameters = parameters;
    Tensors.updateInPlace(
        () ->
            parameters.forEach(
                (name, parameter) -> {
                  firstMoments.put(name, Tensors.retain(torch.zeros_like(parameter)));
                  secondMoments.put(name, Tensors.retain(torch.zeros_like(parameter)));
                }));
  }

  /**
   * Updates every parameter from its gradient, then clears the gradients.
   *
   * <p>A gradient that is not finite changes nothing but is cleared too: the caller sees it in the
   * returned norm and counts the minibatch as dropped.
   *
   * @param learningRate of this step
   * @param clipNorm largest global norm of the gradient; infinity for none
   * @return the global norm before clipping
   */
  public double step(double learningRate, double clipNorm) {
    if (!(learningRate >= 0) || !(clipNorm > 0)) {
      throw new IllegalArgumentException(
          "AdamW step: found learning rate %s and clip norm %s, expected 0 or more and above 0"
              .formatted(learningRate, clipNorm));
    }
    double norm = gradientNorm();
    if (Double.isFinite(norm)) {
      updates++;
      double scale = norm > clipNorm ? clipNorm / norm : 1;
      parameters.forEach((name, parameter) -> update(name, parameter, learningRate, scale));
    }
    clearGradients();
    return norm;
  }

  /** Forgets gradients without a step. */
  public void clearGradients() {
    Tensors.updateInPlace(
        () ->
            parameters
                .values()
                .forEach(
                    parameter -> {
                      if (parameter.grad().defined()) {
                        parameter.mutable_grad().zero_();
                      }
                    }));
  }

  /** The live state, not a copy: save it before the next step. */
  public AdamState state() {
    return new AdamState(updates, firstMoments, secondMoments);
  }

  /** Replaces the state by a copy of {@code state}, whose names and shapes must fit. */
  public void restore(AdamState state) {
    if (!state.firstMoments().keySet().equals(parameters.keySet())) {
      throw new IllegalArgumentException(
          "AdamW state: found moments of %s, expected %s. Restore the state of the same network."
              .formatted(state.firstMoments().keySet(), parameters.keySet()));
    }
    copy(state.firstMoments(), firstMoments);
    copy(state.secondMoments(), secondMoments);
    updates = state.updates();
  }

  @Override
  public void close() {
    firstMoments.values().forEach(Tensor::close);
    secondMoments.values().forEach(Tensor::close);
  }

  private double gradientNorm() {
    try (PointerScope scope = new PointerScope()) {
      double squares = 0;
      for (Tensor parameter : parameters.values()) {
        Tensor gradient = parameter.grad();
        if (gradient.defined()) {
          double norm = gradient.norm().item_double();
          squares += norm * norm;
        }
      }
      return Math.sqrt(squares);
    }
  }

  private void update(String name, Tensor parameter, double learningRate, double scale) {
    Tensors.updateInPlace(
        () -> {
          Tensor gradient = parameter.grad();
          if (!gradient.defined()) {
            return;
          }
          if (scale != 1) {
            gradient = gradient.mul(new Scalar(scale));
          }
          Tensor m = owned(firstMoments, name);
          Tensor v = owned(secondMoments, name);
          m.lerp_(gradient, new Scalar(1 - settings.firstDecay()));
          v.mul_(new Scalar(settings.secondDecay()))
              .addcmul_(gradient, gradient, new Scalar(1 - settings.secondDecay()));
          if (parameter.dim() > 1) {
            parameter.mul_(new Scalar(1 - learningRate * settings.weightDecay()));
          }
          double firstCorrection = 1 - Math.pow(settings.firstDecay(), (double) updates);
          double secondCorrection = 1 - Math.pow(settings.secondDecay(), (double) updates);
          Tensor root =
              v.sqrt()
                  .div_(new Scalar(Math.sqrt(secondCorrection)))
                  .add_(new Scalar(settings.epsilon()));
          parameter.addcdiv_(m, root, new Scalar(-learningRate / firstCorrection));
        });
  }

  private static void copy(Map<String, Tensor> from, Map<String, Tensor> to) {
    Tensors.updateInPlace(
        () ->
            to.forEach(
                (name, moment) -> {
                  Tensor saved = owned(from, name);
                  Tensors.requireShape("AdamW moment `" + name + "`", saved, moment.shape());
                  moment.copy_(saved);
                }));
  }

  private static Tensor owned(Map<String, Tensor> tensors, String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalStateException("AdamW: no moment `" + name + "`");
    }
    return tensor;
  }
}

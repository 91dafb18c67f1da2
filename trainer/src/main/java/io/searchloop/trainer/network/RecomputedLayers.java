package io.searchloop.trainer.network;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.VoidTensorHook;

/**
 * Layers whose inner results are thrown away on the way forward and computed again, one layer at a
 * time, when the gradient comes back (activation checkpointing, Chen et al., arXiv 1604.06174).
 *
 * <p>The result is a leaf of autograd's graph. Its gradient arrives at a hook, which walks the
 * layers backwards; so callers differentiate as if nothing were special. One layer's results are
 * alive at a time besides the {@code (B, T, W)} input of each. Memory and hook belong to the
 * caller's {@code PointerScope}, which must stay open until the gradient is computed.
 */
final class RecomputedLayers {
  private final List<DecoderLayer> layers;
  private final AttentionPattern pattern;

  RecomputedLayers(List<DecoderLayer> layers, AttentionPattern pattern) {
    this.layers = layers;
    this.pattern = pattern;
  }

  /** {@code x (B, T, W)} through all layers. */
  Tensor forward(Tensor x) {
    List<Tensor> inputs = new ArrayList<>();
    Tensor y = x.detach();
    for (DecoderLayer layer : layers) {
      Tensor input = y;
      inputs.add(input);
      y =
          Tensors.freeingTheRest(
              () -> Tensors.withoutGradient(() -> layer.forward(input, pattern)));
    }
    Tensor result = y.detach();
    result.set_requires_grad(true);
    result.register_hook(new BackwardThroughLayers(x, inputs));
    return result;
  }

  /** Called by autograd, on the thread that called {@code backward}, with the result's gradient. */
  private final class BackwardThroughLayers extends VoidTensorHook {
    private final Tensor x;
    private final List<Tensor> inputs;

    BackwardThroughLayers(Tensor x, List<Tensor> inputs) {
      this.x = x;
      this.inputs = inputs;
    }

    @Override
    public void call(TensorBase gradientOfResult) {
      try (PointerScope scope = new PointerScope()) {
        Tensor gradient = new Tensor(gradientOfResult);
        for (int layer = layers.size() - 1; layer >= 0; layer--) {
          Tensor after = gradient;
          DecoderLayer current = layers.get(layer);
          Tensor input = inputs.get(layer);
          gradient = Tensors.freeingTheRest(() -> through(current, input, after));
        }
        differentiate(x, gradient);
      }
    }

    /** Gradient of a layer's input from that of its output; adds those of its weights. */
    private Tensor through(DecoderLayer layer, Tensor input, Tensor gradient) {
      Tensor leaf = input.detach();
      leaf.set_requires_grad(true);
      AutoGradMode recording = new AutoGradMode(true); // hooks run with gradients off
      try {
        differentiate(layer.forward(leaf, pattern), gradient);
      } finally {
        recording.deallocate();
      }
      return new Tensor(leaf.grad()); // grad() points into the leaf, which is freed next
    }

    private static void differentiate(Tensor output, Tensor gradient) {
      output.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
    }
  }
}

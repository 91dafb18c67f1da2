package io.searchloop.trainer.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Where a network's weights come from, one tensor at a time, so that a checkpoint of many gigabytes
 * is never held twice.
 */
public interface WeightSource {
  /** Every tensor's shape by its name. */
  Map<String, long[]> shapes();

  /**
   * Overwrites {@code target}, which has that shape; other element types are converted.
   *
   * @param name one of {@link #shapes}
   */
  void copyInto(String name, Tensor target);

  /** Tensors that are in memory already. */
  static WeightSource of(Map<String, Tensor> weights) {
    return new WeightSource() {
      @Override
      public Map<String, long[]> shapes() {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        weights.forEach((name, weight) -> shapes.put(name, weight.shape()));
        return shapes;
      }

      @Override
      public void copyInto(String name, Tensor target) {
        target.copy_(PolicyNetwork.parameter(weights, name));
      }

      @Override
      public String toString() {
        return Arrays.toString(weights.keySet().toArray());
      }
    };
  }
}

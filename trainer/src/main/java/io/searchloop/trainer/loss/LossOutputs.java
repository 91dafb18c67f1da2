package io.searchloop.trainer.loss;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * A loss and the figures an operator wants to see beside it.
 *
 * @param loss scalar with gradient
 * @param figures plain numbers by metric name, in display order
 */
public record LossOutputs(Tensor loss, Map<String, Double> figures) {

  public LossOutputs {
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
  }

  /** Adds the gradient of the loss to every weight it depends on. */
  public void backward() {
    loss.backward();
  }

  /** The same loss with one more figure. */
  LossOutputs with(String name, double figure) {
    Map<String, Double> more = new LinkedHashMap<>(figures);
    more.put(name, figure);
    return new LossOutputs(loss, more);
  }

  /** One figure by its name. */
  public double figure(String name) {
    Double value = figures.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "no figure `%s`; this loss has %s".formatted(name, figures.keySet()));
    }
    return value;
  }
}

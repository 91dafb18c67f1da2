package io.searchloop.trainer.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Everything AdamW remembers.
 *
 * @param updates optimiser updates so far; it sets the bias correction
 * @param firstMoments running mean of the gradient, by parameter name
 * @param secondMoments running mean of its square, by parameter name
 */
public record AdamState(
    long updates, Map<String, Tensor> firstMoments, Map<String, Tensor> secondMoments) {

  public AdamState {
    if (updates < 0 || !firstMoments.keySet().equals(secondMoments.keySet())) {
      throw new IllegalArgumentException(
          ("AdamW state: found %d updates, first moments of %s, second moments of %s; expected"
                  + " updates of 0 or more and equal names")
              .formatted(updates, firstMoments.keySet(), secondMoments.keySet()));
    }
    firstMoments = Collections.unmodifiableMap(new LinkedHashMap<>(firstMoments));
    secondMoments = Collections.unmodifiableMap(new LinkedHashMap<>(secondMoments));
  }
}

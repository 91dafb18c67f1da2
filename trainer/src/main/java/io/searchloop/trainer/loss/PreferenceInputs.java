package io.searchloop.trainer.loss;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/**
 * Pairs of responses, one preferred, as log-probabilities summed over tokens; all {@code (P)}.
 *
 * @param preferred l_w, with gradient
 * @param other l_l, with gradient
 * @param referencePreferred l_w under the frozen reference
 * @param referenceOther l_l under the frozen reference
 * @param flipProbability e = 1 - P(preferred is better), in [0, .5); read by robust DPO only
 */
public record PreferenceInputs(
    Tensor preferred,
    Tensor other,
    Tensor referencePreferred,
    Tensor referenceOther,
    Tensor flipProbability) {

  public PreferenceInputs {
    for (Tensor tensor :
        new Tensor[] {other, referencePreferred, referenceOther, flipProbability}) {
      if (preferred.dim() != 1 || !Arrays.equals(preferred.shape(), tensor.shape())) {
        throw new IllegalArgumentException(
            "preference inputs: found shapes %s and %s, expected (pairs) for all"
                .formatted(Arrays.toString(preferred.shape()), Arrays.toString(tensor.shape())));
      }
    }
  }

  /** {@code h = (l_w - l_w^ref) - (l_l - l_l^ref)}, {@code (P)}. */
  Tensor margins() {
    return preferred.sub(referencePreferred).sub(other.sub(referenceOther));
  }
}

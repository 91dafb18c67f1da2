package io.searchloop.trainer.loss;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/**
 * What a policy loss may look at; it sees neither prompts nor rewards.
 *
 * @param logProbs l_theta {@code (B, R)}, the only input with a gradient
 * @param proximal l_prox {@code (B, R)}: the trainer's weights at the start of the step
 * @param behaviour l_b {@code (B)}: log-probability of the whole response under the sampler that
 *     ran, mixture included, as recorded when the rewrite was served
 * @param reference l_ref {@code (B, R)}: the frozen reference
 * @param mask {@code (B, R)} one where a response has a token, else zero, in the type of logProbs
 * @param advantages A {@code (B)}; for a correction its change dA
 */
public record LossInputs(
    Tensor logProbs,
    Tensor proximal,
    Tensor behaviour,
    Tensor reference,
    Tensor mask,
    Tensor advantages) {

  public LossInputs {
    long[] tokens = logProbs.shape();
    if (tokens.length != 2) {
      throw new IllegalArgumentException(
          "loss input logProbs: found shape %s, expected (sequences, response tokens)"
              .formatted(Arrays.toString(tokens)));
    }
    long[] sequences = {tokens[0]};
    requireShape("proximal", proximal, tokens);
    requireShape("behaviour", behaviour, sequences);
    requireShape("reference", reference, tokens);
    requireShape("mask", mask, tokens);
    requireShape("advantages", advantages, sequences);
  }

  /** Sequences in the batch. */
  long sequences() {
    return logProbs.size(0);
  }

  /** Tokens per sequence, {@code (B)}. */
  Tensor lengths() {
    return mask.sum(1L);
  }

  /** l_theta - l_prox per token, zero where there is no token. */
  Tensor logRatios() {
    return logProbs.sub(proximal).mul(mask);
  }

  private static void requireShape(String name, Tensor tensor, long[] expected) {
    if (!Arrays.equals(tensor.shape(), expected)) {
      throw new IllegalArgumentException(
          "loss input %s: found shape %s, expected %s like logProbs"
              .formatted(name, Arrays.toString(tensor.shape()), Arrays.toString(expected)));
    }
  }
}

package io.searchloop.trainer.network;

import org.bytedeco.pytorch.Tensor;

/**
 * How likely a policy finds each response token, and how undecided it was.
 *
 * @param logProbs {@code (B, R)} natural log-probabilities, zero where the mask is false
 * @param entropy {@code (B, R)} entropy in nats of the distribution the token was drawn from, zero
 *     where the mask is false; a figure to watch, without gradient
 */
public record ResponseScores(Tensor logProbs, Tensor entropy) {

  /** Log-probability of each whole response, {@code (B)}. */
  public Tensor sequenceLogProbs() {
    return logProbs.sum(1L);
  }
}

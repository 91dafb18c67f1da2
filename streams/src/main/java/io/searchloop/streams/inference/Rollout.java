package io.searchloop.streams.inference;

import java.util.Arrays;

/**
 * One sampled rewrite with what learning must know of it. A value: equal content is equal.
 *
 * <p>Shapes: {@code tokens} and {@code logProbs} (answer length), END included; natural logarithm,
 * under the grammar mask and the sampler's temperature.
 */
public final class Rollout {
  private final int[] tokens;
  private final float[] logProbs;
  private final String rewrite;
  private final boolean valid;

  /**
   * @param tokens answer token ids
   * @param logProbs log-probability of each token, at most zero
   * @param rewrite the text; empty when invalid
   * @param valid whether the answer is text that obeys the format
   */
  public Rollout(int[] tokens, float[] logProbs, String rewrite, boolean valid) {
    if (tokens.length != logProbs.length || tokens.length == 0) {
      throw new IllegalArgumentException(
          "Rollout of %d tokens with %d log-probabilities, expected as many, at least one."
              .formatted(tokens.length, logProbs.length));
    }
    this.tokens = tokens.clone();
    this.logProbs = logProbs.clone();
    this.rewrite = rewrite;
    this.valid = valid;
  }

  /** Answer token ids; a copy. */
  public int[] tokens() {
    return tokens.clone();
  }

  /** Log-probability of each token; a copy. */
  public float[] logProbs() {
    return logProbs.clone();
  }

  /** The text; empty when invalid. */
  public String rewrite() {
    return rewrite;
  }

  /** Whether the answer is text that obeys the format. */
  public boolean valid() {
    return valid;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Rollout that
        && valid == that.valid
        && rewrite.equals(that.rewrite)
        && Arrays.equals(tokens, that.tokens)
        && Arrays.equals(logProbs, that.logProbs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens) * 31 + Arrays.hashCode(logProbs);
  }

  /** Without the rewrite: query text is private. */
  @Override
  public String toString() {
    return "Rollout[tokens=" + tokens.length + ", valid=" + valid + "]";
  }
}

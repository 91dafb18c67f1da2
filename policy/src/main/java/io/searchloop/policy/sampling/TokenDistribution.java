package io.searchloop.policy.sampling;

import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;

/**
 * What the next token may be, and how likely: the masked, tempered softmax
 *
 * <pre>
 *   pi(i) = w_i / sum of w,  w_i = exp((logit_i - largest logit) / temperature), 0 where not allowed
 * </pre>
 *
 * <p>One exponential for each allowed token is all it costs: drawing adds weights, and only the
 * token that was drawn needs a logarithm. Example: logits (1, 2, 3) at temperature .5 give weights
 * (e^-4, e^-2, 1).
 *
 * <p>Filled again for each position, so that a token allocates nothing. One thread.
 */
public final class TokenDistribution {
  /** Exponents below this are zero in double precision. */
  private static final double SMALLEST = -746;

  private final double[] scaled;
  private final double[] weights;
  private double sum;

  /** A distribution over a vocabulary; {@link #fill} comes first. */
  public TokenDistribution(int vocabulary) {
    this.scaled = new double[vocabulary];
    this.weights = new double[vocabulary];
  }

  /** Number of tokens. */
  public int vocabulary() {
    return weights.length;
  }

  /**
   * Takes the logits of one position.
   *
   * @param logits (vocabulary), row {@code offset .. offset + vocabulary} of a larger array
   * @throws ArithmeticException when a logit is not finite: the policy is broken, do not serve it
   */
  public void fill(float[] logits, int offset, double temperature, IntPredicate allowed) {
    double largest = mask(logits, offset, allowed);
    double inverse = 1 / temperature;
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      double value = (scaled[i] - largest) * inverse;
      double weight = value < SMALLEST ? 0 : Math.exp(value);
      scaled[i] = value;
      weights[i] = weight;
      total += weight;
    }
    sum = total;
  }

  /** Logits of what is allowed, negative infinity for the rest; the largest of them. */
  private double mask(float[] logits, int offset, IntPredicate allowed) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < scaled.length; i++) {
      float logit = logits[offset + i];
      if (!Float.isFinite(logit)) {
        throw new ArithmeticException("Logit " + i + " is " + logit + ", not finite");
      }
      scaled[i] = allowed.test(i) ? logit : Double.NEGATIVE_INFINITY;
      largest = Math.max(largest, scaled[i]);
    }
    return largest;
  }

  /** A token drawn by inversion; one that is not allowed is never drawn. */
  public int sample(RandomGenerator random) {
    double threshold = random.nextDouble() * sum;
    double cumulated = 0;
    int last = -1;
    for (int i = 0; i < weights.length; i++) {
      cumulated += weights[i];
      if (threshold < cumulated) {
        return i;
      }
      last = weights[i] > 0 ? i : last;
    }
    return last;
  }

  /** The most likely token, the first among equals. */
  public int mode() {
    int best = 0;
    for (int i = 1; i < scaled.length; i++) {
      best = scaled[i] > scaled[best] ? i : best;
    }
    return best;
  }

  /** Natural log of a token's probability; negative infinity where not allowed. */
  public double logProb(int token) {
    return scaled[token] - Math.log(sum);
  }
}

package io.searchloop.policy.sampling;

import java.util.function.IntPredicate;

/** Log-probabilities of the masked, tempered softmax: log softmax(logits / temperature). */
public final class LogProbs {
  private LogProbs() {}

  /**
   * Log-probabilities of one position.
   *
   * @param logits (vocabulary), row {@code offset .. offset + vocabulary} of a larger array
   * @param out (vocabulary), natural log; negative infinity where not allowed
   * @throws ArithmeticException when a logit is not finite: the policy is broken, do not serve it
   */
  public static void logSoftmax(
      float[] logits, int offset, double temperature, IntPredicate allowed, double[] out) {
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < out.length; i++) {
      double scaled = logits[offset + i] / temperature;
      if (!Double.isFinite(scaled)) {
        throw new ArithmeticException("Logit " + i + " is " + logits[offset + i] + ", not finite");
      }
      out[i] = allowed.test(i) ? scaled : Double.NEGATIVE_INFINITY;
      max = Math.max(max, out[i]);
    }
    double sum = 0;
    for (double value : out) {
      sum += Math.exp(value - max);
    }
    double logSum = max + Math.log(sum);
    for (int i = 0; i < out.length; i++) {
      out[i] -= logSum;
    }
  }
}

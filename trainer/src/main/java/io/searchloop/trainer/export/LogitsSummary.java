package io.searchloop.trainer.export;

import java.util.Arrays;
import java.util.List;

/**
 * What two implementations of a model are compared by, small enough to keep in a file. Summed in
 * double precision.
 *
 * <p>Example: one sequence (0, 1) over a vocabulary of two, logits (1, 3) and (0, -2): last (0,
 * -2), log-probability of token 1 given token 0 {@code 3 - ln(e^1 + e^3) = -.126928}, sum 6.
 *
 * @param logitsLast {@code (sequences, vocabulary)}: logits after the last token
 * @param tokenLogProbs {@code (sequences, time - 1)}: log-probability of token t + 1 given tokens 0
 *     to t, in nats
 * @param logitsSumAbs sum of the logits' magnitudes over all positions
 */
@SuppressWarnings("ArrayRecordComponent") // Written to a file; never compared.
public record LogitsSummary(double[][] logitsLast, double[][] tokenLogProbs, double logitsSumAbs) {

  /** Runs {@code sequences}, which may differ in length, one by one. */
  public static LogitsSummary of(SequenceLogits engine, List<int[]> sequences) {
    int vocabulary = engine.vocabularySize();
    double[][] last = new double[sequences.size()][];
    double[][] logProbs = new double[sequences.size()][];
    double sum = 0;
    for (int row = 0; row < sequences.size(); row++) {
      int[] tokens = sequences.get(row);
      requireTokens(row, tokens, vocabulary);
      double[] logits = widen(engine.of(tokens));
      last[row] = Arrays.copyOfRange(logits, logits.length - vocabulary, logits.length);
      logProbs[row] = new double[tokens.length - 1];
      for (int t = 0; t + 1 < tokens.length; t++) {
        int from = t * vocabulary;
        logProbs[row][t] = logits[from + tokens[t + 1]] - logSumExp(logits, from, vocabulary);
      }
      sum += Arrays.stream(logits).map(Math::abs).sum();
    }
    return new LogitsSummary(last, logProbs, sum);
  }

  private static double logSumExp(double[] values, int from, int count) {
    double largest = Arrays.stream(values, from, from + count).max().orElseThrow();
    double sum = Arrays.stream(values, from, from + count).map(v -> Math.exp(v - largest)).sum();
    return largest + Math.log(sum);
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }

  private static void requireTokens(int row, int[] tokens, int vocabulary) {
    if (tokens.length == 0) {
      throw new IllegalArgumentException(
          "sequence %d: found no token, expected at least one".formatted(row));
    }
    for (int position = 0; position < tokens.length; position++) {
      if (tokens[position] < 0 || tokens[position] >= vocabulary) {
        throw new IllegalArgumentException(
            "sequence %d, position %d: found token %d, expected 0 to %d (the model's vocabulary)"
                .formatted(row, position, tokens[position], vocabulary - 1));
      }
    }
  }
}

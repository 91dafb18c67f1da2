package io.searchloop.trainer.export;

import ai.onnxruntime.OrtException;
import io.searchloop.trainer.network.NetworkConfig;
import java.util.Arrays;
import java.util.List;

/**
 * What a graph of smaller weights loses against the exact one, on the same tokens.
 *
 * @param kl mean of KL(exact || reduced) over all positions, in nats
 * @param largestLogitDifference over all positions and tokens
 */
public record PrecisionLoss(double kl, double largestLogitDifference) {

  /**
   * Measures it.
   *
   * @param sequences token ids, such as prompts with their answers; each goes alone
   * @throws ParityException when ONNX Runtime cannot run one of the graphs
   */
  public static PrecisionLoss of(
      NetworkConfig config, byte[] exact, byte[] reduced, List<int[]> sequences) {
    try (OnnxSession of = new OnnxSession(config, exact, 1);
        OnnxSession to = new OnnxSession(config, reduced, 1)) {
      Comparison comparison = new Comparison(config.vocabularySize());
      for (int[] sequence : sequences) {
        comparison.add(logits(of, sequence), logits(to, sequence));
      }
      return comparison.result();
    } catch (OrtException e) {
      ParityException failure =
          new ParityException(
              "ONNX Runtime cannot run a graph of %d or %d bytes: %s"
                  .formatted(exact.length, reduced.length, e.getMessage()));
      failure.initCause(e);
      throw failure;
    }
  }

  private static float[] logits(OnnxSession session, int[] sequence) throws OrtException {
    session.restart();
    return session.advance(new long[][] {Arrays.stream(sequence).asLongStream().toArray()});
  }

  /** What differs so far. */
  private static final class Comparison {
    private final int vocabulary;
    private double sum;
    private double largest;
    private int positions;

    Comparison(int vocabulary) {
      this.vocabulary = vocabulary;
    }

    void add(float[] expected, float[] found) {
      for (int from = 0; from < expected.length; from += vocabulary) {
        int to = from + vocabulary;
        sum += kl(Arrays.copyOfRange(expected, from, to), Arrays.copyOfRange(found, from, to));
        positions++;
      }
      for (int i = 0; i < expected.length; i++) {
        double difference = Math.abs((double) found[i] - expected[i]);
        // NaN compares false with everything; keep it once seen.
        largest = difference <= largest || Double.isNaN(largest) ? largest : difference;
      }
    }

    PrecisionLoss result() {
      return new PrecisionLoss(sum / positions, largest);
    }
  }

  /** KL of two distributions given by logits. */
  private static double kl(float[] expected, float[] found) {
    double p = logSumExp(expected);
    double q = logSumExp(found);
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      double logP = expected[i] - p;
      sum += Math.exp(logP) * (logP - (found[i] - q));
    }
    return sum;
  }

  private static double logSumExp(float[] logits) {
    double largest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    return largest + Math.log(sum);
  }
}

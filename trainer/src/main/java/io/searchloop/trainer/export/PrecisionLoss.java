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
    double sum = 0;
    double largest = 0;
    int positions = 0;
    for (int[] sequence : sequences) {
      float[] expected = logits(config, exact, sequence);
      float[] found = logits(config, reduced, sequence);
      for (int from = 0; from < expected.length; from += config.vocabularySize()) {
        int to = from + config.vocabularySize();
        sum += kl(Arrays.copyOfRange(expected, from, to), Arrays.copyOfRange(found, from, to));
        positions++;
      }
      for (int i = 0; i < expected.length; i++) {
        double difference = Math.abs((double) found[i] - expected[i]);
        // NaN compares false with everything; keep it once seen.
        largest = difference <= largest || Double.isNaN(largest) ? largest : difference;
      }
    }
    return new PrecisionLoss(sum / positions, largest);
  }

  private static float[] logits(NetworkConfig config, byte[] onnx, int[] sequence) {
    long[][] tokens = {Arrays.stream(sequence).asLongStream().toArray()};
    try (OnnxSession session = new OnnxSession(config, onnx, 1)) {
      return session.advance(tokens);
    } catch (OrtException e) {
      ParityException failure =
          new ParityException(
              "ONNX Runtime cannot run a graph of %d bytes on %d tokens: %s"
                  .formatted(onnx.length, sequence.length, e.getMessage()));
      failure.initCause(e);
      throw failure;
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

package io.searchloop.trainer.export;

import ai.onnxruntime.OrtException;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.network.Tensors;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;

/**
 * Proves that workers will compute what the trainer computed: the same random tokens through
 * libtorch at once and through ONNX Runtime in pieces, as a worker decodes.
 *
 * <p>Checked with three sequences each time: a whole prefill without past, then a prefill, two
 * single tokens, a chunk of several tokens over a past, and single tokens to the end; and rows of
 * different lengths in one batch.
 */
public final class ExportParity {
  /** Largest difference of a logit we accept; float32 in another order gives about 1e-5. */
  public static final double TOLERANCE = 1e-4;

  private static final int BATCH = 3;
  private static final int LONGEST = 24;

  private ExportParity() {}

  /** {@link #check(PolicyNetwork, byte[], RandomGenerator, double)} with {@link #TOLERANCE}. */
  public static double check(PolicyNetwork network, byte[] onnx, RandomGenerator random) {
    return check(network, onnx, random, TOLERANCE);
  }

  /**
   * Compares logits and returns the largest absolute difference.
   *
   * @throws ParityException if it exceeds {@code tolerance}, or the graph does not run
   */
  public static double check(
      PolicyNetwork network, byte[] onnx, RandomGenerator random, double tolerance) {
    int length = Math.min(LONGEST, network.config().maxPositions());
    long[][] tokens = new long[BATCH][length];
    for (long[] row : tokens) {
      Arrays.setAll(row, i -> random.nextInt(network.config().vocabularySize()));
    }
    float[] expected = libtorchLogits(network, tokens);
    double prefill = compare(network, onnx, tokens, expected, new int[] {length}, tolerance);
    double decode = compare(network, onnx, tokens, expected, chunks(length), tolerance);
    return Math.max(Math.max(prefill, decode), ragged(network, onnx, tokens, expected, tolerance));
  }

  /** Prefill of a third, two single tokens, a chunk of three, then single tokens. */
  private static int[] chunks(int length) {
    int[] wanted = new int[length];
    int count = 0;
    for (int left = length; left > 0; count++) {
      int size = count == 0 ? length / 3 : count == 3 ? 3 : 1;
      wanted[count] = Math.max(1, Math.min(size, left));
      left -= wanted[count];
    }
    return Arrays.copyOf(wanted, count);
  }

  private static double compare(
      PolicyNetwork network,
      byte[] onnx,
      long[][] tokens,
      float[] expected,
      int[] chunks,
      double tolerance) {
    int vocabulary = network.config().vocabularySize();
    int length = tokens[0].length;
    double largest = 0;
    try (OnnxSession session = new OnnxSession(network.config(), onnx, BATCH)) {
      int start = 0;
      for (int size : chunks) {
        float[] found = session.advance(columns(tokens, start, size));
        for (int row = 0; row < BATCH; row++) {
          int from = (row * length + start) * vocabulary;
          double difference =
              largestDifference(found, row * size * vocabulary, expected, from, size * vocabulary);
          // Negated, so that a difference of NaN is refused too.
          if (!(difference <= tolerance)) {
            throw new ParityException(
                ("logits of sequence %d, tokens [%d, %d, time %d] over past %d, vocabulary %d:"
                        + " ONNX Runtime and libtorch differ by %s, expected at most %s. Do not"
                        + " release this graph; look for a changed operator in the exporter.")
                    .formatted(row, BATCH, size, size, start, vocabulary, difference, tolerance));
          }
          largest = Math.max(largest, difference);
        }
        start += size;
      }
    } catch (OrtException e) {
      throw ParityException.of(
          "cannot run the exported graph of %d bytes for tokens [%d, %d]"
              .formatted(onnx.length, BATCH, length),
          e);
    }
    return largest;
  }

  private static double ragged(
      PolicyNetwork network, byte[] onnx, long[][] tokens, float[] expected, double tolerance) {
    try {
      double difference =
          new RaggedParity(network.config(), tokens, expected).largestDifference(onnx);
      if (!(difference <= tolerance)) {
        throw new ParityException(
            ("logits of %d sequences of different lengths in one batch: ONNX Runtime and libtorch"
                    + " differ by %s, expected at most %s. Do not release this graph; look at the"
                    + " masks of the exporter.")
                .formatted(BATCH, difference, tolerance));
      }
      return difference;
    } catch (OrtException e) {
      throw ParityException.of(
          "cannot run the exported graph of %d bytes for %d sequences of different lengths"
              .formatted(onnx.length, BATCH),
          e);
    }
  }

  private static float[] libtorchLogits(PolicyNetwork network, long[][] tokens) {
    try (PointerScope scope = new PointerScope()) {
      long[] flat = Arrays.stream(tokens).flatMapToLong(Arrays::stream).toArray();
      return Tensors.withoutGradient(
          () ->
              Tensors.toFloats(
                  network.logits(Tensors.ofLongs(flat, tokens.length, tokens[0].length))));
    }
  }

  private static long[][] columns(long[][] tokens, int start, int size) {
    return Arrays.stream(tokens)
        .map(row -> Arrays.copyOfRange(row, start, start + size))
        .toArray(long[][]::new);
  }

  private static double largestDifference(
      float[] found, int foundStart, float[] expected, int expectedStart, int count) {
    double largest = 0;
    for (int i = 0; i < count; i++) {
      double difference = Math.abs((double) found[foundStart + i] - expected[expectedStart + i]);
      // NaN compares false with everything; keep it once seen.
      largest = difference <= largest || Double.isNaN(largest) ? largest : difference;
    }
    return largest;
  }
}

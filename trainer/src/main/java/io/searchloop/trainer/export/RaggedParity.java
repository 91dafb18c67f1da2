package io.searchloop.trainer.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.searchloop.trainer.network.NetworkConfig;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * Rows of different lengths through an exported graph as a worker's batch takes them: prompts in
 * one pass, shorter ones padded at their end, then a token of each row at a time, each behind what
 * that row has cached. One thread.
 */
final class RaggedParity {
  private final NetworkConfig config;
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final long[][] tokens;
  private final float[] expected;
  private final int length;
  private final int[] cached;
  private final float[][] slabs; // each (batch, key-value heads, length, head size)

  /**
   * @param tokens (batch, length)
   * @param expected logits (batch, length, vocabulary)
   */
  RaggedParity(NetworkConfig config, long[][] tokens, float[] expected) {
    this.config = config;
    this.tokens = tokens;
    this.expected = expected;
    this.length = tokens[0].length;
    this.cached = new int[tokens.length];
    this.slabs =
        new float[2 * config.layers()]
            [tokens.length * config.keyValueHeads() * length * config.headDim()];
  }

  /** Largest difference of a logit; NaN when one is none. */
  double largestDifference(byte[] onnx) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      try (OrtSession session = environment.createSession(onnx, options)) {
        int[] prompts = new int[tokens.length];
        Arrays.setAll(prompts, row -> 1 + (length - 1) * row / tokens.length);
        double largest = advance(session, prompts);
        int[] one = new int[tokens.length];
        Arrays.fill(one, 1);
        while (Arrays.stream(cached).max().orElseThrow() < length) {
          double difference = advance(session, one);
          largest = difference <= largest || Double.isNaN(largest) ? largest : difference;
        }
        return largest;
      }
    }
  }

  /** Feeds the next tokens of each row and compares the logits after the last of them. */
  private double advance(OrtSession session, int[] counts) throws OrtException {
    int batch = tokens.length;
    int time = Arrays.stream(counts).max().orElseThrow();
    LongBuffer input = LongBuffer.allocate(batch * time);
    LongBuffer lengths = LongBuffer.allocate(batch);
    LongBuffer scored = LongBuffer.allocate(batch);
    for (int row = 0; row < batch; row++) {
      for (int i = 0; i < counts[row]; i++) {
        input.put(row * time + i, tokens[row][cached[row] + i]);
      }
      lengths.put(row, cached[row]);
      scored.put(row, (long) row * time + counts[row] - 1);
    }
    long[] shape = {batch, config.keyValueHeads(), length, config.headDim()};
    try (GraphCache.Inputs inputs =
        new GraphCache.Inputs()
            .add("tokens", OnnxTensor.createTensor(environment, input, new long[] {batch, time}))
            .add("lengths", OnnxTensor.createTensor(environment, lengths, new long[] {batch}))
            .add("scored", OnnxTensor.createTensor(environment, scored, new long[] {batch}))) {
      for (int i = 0; i < slabs.length; i++) {
        FloatBuffer slab = FloatBuffer.wrap(slabs[i]);
        inputs.add("past." + i, OnnxTensor.createTensor(environment, slab, shape));
      }
      try (OrtSession.Result result = session.run(inputs.all())) {
        keep(result, counts, time);
        return difference(OnnxSession.floats(result, "logits"));
      }
    }
  }

  private void keep(OrtSession.Result result, int[] counts, int time) {
    int size = config.headDim();
    int heads = config.keyValueHeads();
    for (int i = 0; i < slabs.length; i++) {
      float[] fresh = OnnxSession.floats(result, "fresh." + i);
      for (int row = 0; row < counts.length; row++) {
        for (int head = row * heads; head < (row + 1) * heads; head++) {
          int to = (head * length + cached[row]) * size;
          System.arraycopy(fresh, head * time * size, slabs[i], to, counts[row] * size);
        }
      }
    }
    Arrays.setAll(cached, row -> cached[row] + counts[row]);
  }

  private double difference(float[] logits) {
    int vocabulary = config.vocabularySize();
    double largest = 0;
    for (int row = 0; row < cached.length; row++) {
      int at = (row * length + cached[row] - 1) * vocabulary;
      for (int i = 0; i < vocabulary; i++) {
        double difference = Math.abs((double) logits[row * vocabulary + i] - expected[at + i]);
        // NaN compares false with everything; keep it once seen.
        largest = difference <= largest || Double.isNaN(largest) ? largest : difference;
      }
    }
    return largest;
  }
}

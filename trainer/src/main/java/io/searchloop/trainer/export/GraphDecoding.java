package io.searchloop.trainer.export;

import ai.onnxruntime.OrtException;
import io.searchloop.trainer.network.NetworkConfig;
import java.util.Arrays;

/**
 * One batch of equally long sequences going through an exported graph, as a worker decodes: the
 * prompts at once, then a token of each sequence at a time over the cache.
 *
 * <p>Owns a session until {@link #close}. One thread.
 */
public final class GraphDecoding implements AutoCloseable {
  private final OnnxSession session;
  private final int vocabulary;
  private final int batch;

  /**
   * @param config shape of the exported network
   * @param onnx the graph
   * @param batch sequences
   * @throws ParityException when ONNX Runtime cannot load the graph
   */
  public GraphDecoding(NetworkConfig config, byte[] onnx, int batch) {
    this.vocabulary = config.vocabularySize();
    this.batch = batch;
    try {
      this.session = new OnnxSession(config, onnx, batch);
    } catch (OrtException e) {
      throw ParityException.of("cannot load the exported graph of " + onnx.length + " bytes", e);
    }
  }

  /**
   * Feeds the next tokens of every sequence.
   *
   * @param tokens (batch, time)
   * @return logits (batch, vocabulary) after the last of them, row by row
   * @throws ParityException when ONNX Runtime cannot run the graph
   */
  public float[] advance(int[][] tokens) {
    long[][] wide =
        Arrays.stream(tokens)
            .map(row -> Arrays.stream(row).asLongStream().toArray())
            .toArray(long[][]::new);
    int time = wide[0].length;
    try {
      float[] all = session.advance(wide);
      float[] last = new float[batch * vocabulary];
      for (int row = 0; row < batch; row++) {
        int from = ((row + 1) * time - 1) * vocabulary;
        System.arraycopy(all, from, last, row * vocabulary, vocabulary);
      }
      return last;
    } catch (OrtException e) {
      throw ParityException.of(
          "cannot run the exported graph on tokens [" + batch + ", " + time + "]", e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw ParityException.of("cannot close the session", e);
    }
  }
}

package io.searchloop.trainer.export;

import ai.onnxruntime.OrtException;
import io.searchloop.trainer.network.NetworkConfig;

/**
 * An exported graph in ONNX Runtime: each sequence at once (prefill), or in pieces over the cache
 * as a worker decodes. Owns its session until {@link #close}.
 */
public final class GraphLogits implements SequenceLogits {
  private final OnnxSession session;
  private final int vocabulary;
  private final int piece;

  private GraphLogits(NetworkConfig config, byte[] onnx, int piece) {
    this.vocabulary = config.vocabularySize();
    this.piece = piece;
    try {
      this.session = new OnnxSession(config, onnx, 1);
    } catch (OrtException e) {
      throw ParityException.of("cannot load the exported graph of " + onnx.length + " bytes", e);
    }
  }

  /** Feeds each sequence at once. */
  public static GraphLogits prefill(NetworkConfig config, byte[] onnx) {
    return new GraphLogits(config, onnx, Integer.MAX_VALUE);
  }

  /** Feeds each sequence a token at a time, the keys and values of earlier ones from the cache. */
  public static GraphLogits cached(NetworkConfig config, byte[] onnx) {
    return new GraphLogits(config, onnx, 1);
  }

  @Override
  public int vocabularySize() {
    return vocabulary;
  }

  @Override
  public float[] of(int[] tokens) {
    float[] logits = new float[Math.multiplyExact(tokens.length, vocabulary)];
    session.restart();
    try {
      for (int start = 0; start < tokens.length; ) {
        int time = Math.min(piece, tokens.length - start);
        long[] next = new long[time];
        for (int i = 0; i < time; i++) {
          next[i] = tokens[start + i];
        }
        float[] found = session.advance(new long[][] {next});
        System.arraycopy(found, 0, logits, start * vocabulary, found.length);
        start += time;
      }
      return logits;
    } catch (OrtException e) {
      throw ParityException.of("cannot run the exported graph on " + tokens.length + " tokens", e);
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

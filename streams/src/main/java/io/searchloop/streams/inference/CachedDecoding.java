package io.searchloop.streams.inference;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/**
 * One decoding of N answers to one prompt. The prompt runs once at batch 1 and its cache is copied
 * to N rows: N prefills would cost N times the most expensive step, and some attention operators
 * cannot prefill a batch over a past.
 *
 * <p>Lives on one thread, within one lease.
 */
final class CachedDecoding {
  private final OnnxPolicy policy;
  private final DecodeBuffers buffers;
  private final int batch;
  private final int vocabulary;
  private int cached;

  /** Runs the prompt; afterwards {@link #logits} are those of the first answer token. */
  CachedDecoding(OnnxPolicy policy, DecodeBuffers buffers, int[] prompt, int batch) {
    this.policy = policy;
    this.buffers = buffers;
    this.batch = batch;
    this.vocabulary = policy.spec().vocabularySize();
    prefill(prompt);
  }

  /** Logits of the next token, (batch, vocabulary), row by row; valid until {@link #advance}. */
  float[] logits() {
    return buffers.rows(batch * vocabulary);
  }

  /**
   * Appends one token to each answer.
   *
   * @param tokens (batch)
   */
  void advance(int[] tokens) {
    LongBuffer input = buffers.tokens(batch);
    for (int i = 0; i < batch; i++) {
      input.put(i, tokens[i]);
    }
    policy.run(buffers, input, batch, 1, cached);
    buffers.swapCaches();
    cached++;
    buffers.logits(batch * vocabulary).get(logits(), 0, batch * vocabulary);
  }

  private void prefill(int[] prompt) {
    int length = prompt.length;
    policy.run(buffers, Tokens.fill(buffers.tokens(length), prompt), 1, length, 0);
    cached = length;
    FloatBuffer all = buffers.logits(length * vocabulary);
    float[] rows = logits();
    for (int row = 0; row < batch; row++) {
      all.get((length - 1) * vocabulary, rows, row * vocabulary, vocabulary);
    }
    replicate();
  }

  /** (2 layers, 1, heads, time, dimension) to (2 layers, batch, heads, time, dimension). */
  private void replicate() {
    int slabs = 2 * policy.spec().layers();
    int slab = policy.cacheElements(1, cached) / slabs;
    FloatBuffer single = buffers.present(slabs * slab);
    FloatBuffer copies = buffers.past(slabs * slab * batch);
    for (int s = 0; s < slabs; s++) {
      for (int row = 0; row < batch; row++) {
        copies.put((s * batch + row) * slab, single, s * slab, slab);
      }
    }
  }
}

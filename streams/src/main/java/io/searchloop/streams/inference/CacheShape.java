package io.searchloop.streams.inference;

import io.searchloop.policy.release.PolicySpec;

/**
 * Dimensions of a ragged cache: memory made for one policy serves every other of the same shape.
 *
 * @param slabs keys and values of all layers: 2 layers
 * @param heads key-value heads
 * @param capacity tokens a row can hold: the longest prompt and answer
 * @param size floats of a head
 * @param vocabulary logits of a token
 */
record CacheShape(int slabs, int heads, int capacity, int size, int vocabulary) {
  static CacheShape of(PolicySpec spec) {
    return new CacheShape(
        2 * spec.layers(),
        spec.keyValueHeads(),
        spec.maxPromptTokens() + spec.maxRewriteTokens(),
        spec.headDimension(),
        spec.vocabularySize());
  }

  /** Floats of one row in one slab. */
  int row() {
    return heads * capacity * size;
  }
}

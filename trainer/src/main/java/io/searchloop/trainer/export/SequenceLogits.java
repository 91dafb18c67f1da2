package io.searchloop.trainer.export;

/**
 * Logits of whole sequences, whichever engine computes them; for comparing engines with each other
 * and with other implementations.
 *
 * <p>One thread.
 */
public interface SequenceLogits extends AutoCloseable {
  /** Tokens of the vocabulary. */
  int vocabularySize();

  /**
   * Next-token logits after each token.
   *
   * @param tokens ids, at least one
   * @return {@code (time, vocabulary)}, row by row
   */
  float[] of(int[] tokens);

  @Override
  void close();
}

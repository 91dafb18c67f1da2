package io.searchloop.policy.release;

/**
 * The dimensions a worker needs to run the graph.
 *
 * @param format version of the artifact format
 * @param vocabularySize token ids
 * @param layers transformer layers
 * @param keyValueHeads heads of the cache
 * @param headDimension width of a head
 * @param maxPromptTokens longest prompt
 * @param maxRewriteTokens longest rewrite, end token included
 */
public record PolicySpec(
    int format,
    int vocabularySize,
    int layers,
    int keyValueHeads,
    int headDimension,
    int maxPromptTokens,
    int maxRewriteTokens) {
  /** The format this code writes and reads. */
  public static final int FORMAT = 1;
}

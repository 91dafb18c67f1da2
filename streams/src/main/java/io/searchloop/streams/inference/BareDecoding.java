package io.searchloop.streams.inference;

import java.nio.LongBuffer;

/**
 * The least that one rewrite can cost on a ragged graph: the same runs of the session on the same
 * shapes, with tensors made once, and nothing around them. No tokens are drawn, no cache is kept;
 * what the numbers mean does not change what they cost. A yardstick for benchmarks.
 *
 * <p>Confined to one thread.
 */
public final class BareDecoding implements AutoCloseable {
  private final OnnxPolicy policy;
  private final BoundTensors prompt;
  private final BoundTensors rows;
  private final int steps;

  /**
   * @param prompt token ids
   * @param candidates rows decoded from it
   * @param answerTokens tokens of each answer; the prompt's run gives the first
   */
  public BareDecoding(OnnxPolicy policy, int[] prompt, int candidates, int answerTokens) {
    this.policy = policy;
    this.steps = answerTokens - 1;
    CacheShape shape = CacheShape.of(policy.spec());
    RowMemory memory = new RowMemory(shape);
    memory.ensureRows(candidates);
    LongBuffer lengths = memory.lengths(candidates);
    LongBuffer tokens = memory.tokens(candidates);
    for (int row = 0; row < candidates; row++) {
      lengths.put(row, prompt.length);
      tokens.put(row, prompt[0]);
    }
    this.rows = BoundTensors.ofRows(policy, memory, candidates);
    this.prompt = memory.prompts().bind(policy, prompt);
  }

  /** Decodes once. */
  public void run() {
    prompt.run(policy, "a prompt");
    for (int step = 0; step < steps; step++) {
      rows.run(policy, "a token of each row");
    }
  }

  @Override
  public void close() {
    prompt.close();
    rows.close();
  }
}

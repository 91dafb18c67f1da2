package io.searchloop.learning.reward.engine;

/**
 * What length costs. A retrieval reward alone learns keyword dumps of 180 words, because every
 * further word finds something.
 *
 * <pre>
 *   value = -max(0, tokens - free)
 * </pre>
 *
 * <p>Example: 20 tokens, 16 of them free, at a weight of .05 give -.2.
 */
public final class LengthPenalty implements EngineTerm {
  private final int free;

  /**
   * @param free tokens that cost nothing
   */
  public LengthPenalty(int free) {
    this.free = free;
  }

  @Override
  public String name() {
    return "length";
  }

  @Override
  public double[] values(EngineGroup group) {
    return group.each(member -> -Math.max(0, member.tokens() - free));
  }

  /** A price, not a rank: scaled by the group it would punish one token as hard as a hundred. */
  @Override
  public boolean normalisable() {
    return false;
  }
}

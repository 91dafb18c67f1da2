package io.searchloop.learning.reward.engine;

/**
 * Whether the shopper sees better results than without the rewrite: the relevance half of LESER
 * (arXiv 2509.05570).
 *
 * <pre>
 *   R(y) = mean of f(q,d) over d in S_k(y), 0 when S(y) is empty
 *   value = R(y) / max(R(q), eps)
 * </pre>
 *
 * <p>The ratio, not ratio minus one, so that identity is worth 1 and an invalid rewrite at 0 lies
 * below it. Example: R(y) = .6, R(q) = .4 gives 1.5; R(q) = .01 with eps = .1 gives 6, not 60.
 */
public final class RelevanceRatio implements EngineTerm {
  private final int shown;
  private final double floor;

  /**
   * @param shown k: how many results a page shows
   * @param floor eps: the least R(q) that is divided by
   */
  public RelevanceRatio(int shown, double floor) {
    this.shown = shown;
    this.floor = floor;
  }

  @Override
  public String name() {
    return "relevance";
  }

  @Override
  public double[] values(EngineGroup group) {
    double typed = Math.max(relevance(group, group.identity()), floor);
    return group.each(member -> relevance(group, member) / typed);
  }

  private double relevance(EngineGroup group, RetrievedRewrite member) {
    return member.top(shown).stream().mapToDouble(group::relevance).average().orElse(0);
  }
}

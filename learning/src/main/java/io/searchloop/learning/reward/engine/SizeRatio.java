package io.searchloop.learning.reward.engine;

/**
 * Whether more is found than without the rewrite: the size half of LESER (arXiv 2509.05570).
 *
 * <pre>
 *   n(y) = |{d in S(y) : f(q,d) >= f0}|
 *   value = g( n(y) / max(n(q), s0) ),  g(x) = min(log2(1 + x), 4)
 * </pre>
 *
 * <p>Size alone is easily hacked: a dump of keywords retrieves the whole shop. So only relevant
 * products count, and g grows slowly and ends at 4. Raising the weight (lambda) makes the hack
 * worse, not better. Example: n(y) = 6, n(q) = 2 gives g(3) = 2; identity has g(1) = 1.
 */
public final class SizeRatio implements EngineTerm {
  private static final double MOST = 4;

  private final double relevant;
  private final double floor;

  /**
   * @param relevant f0: relevance from which a product counts
   * @param floor s0: the least n(q) that is divided by
   */
  public SizeRatio(double relevant, double floor) {
    this.relevant = relevant;
    this.floor = floor;
  }

  @Override
  public String name() {
    return "size";
  }

  @Override
  public double[] values(EngineGroup group) {
    double typed = Math.max(relevantProducts(group, group.identity()), floor);
    return group.each(member -> damped(relevantProducts(group, member) / typed));
  }

  /** g(x): 0, 1, 2, 4 at x = 0, 1, 3, 15 and beyond. */
  static double damped(double x) {
    return Math.min(Math.log1p(x) / Math.log(2), MOST);
  }

  private long relevantProducts(EngineGroup group, RetrievedRewrite member) {
    return member.products().stream().filter(d -> group.relevance(d) >= relevant).count();
  }
}

package io.searchloop.learning.reward.engine;

import java.util.HashSet;
import java.util.Set;

/**
 * How much the rewrite shows that the query alone does not (MiniELM, arXiv 2501.18056).
 *
 * <pre>
 *   value = min( |S(y) \ S(q)| / |S(q)|, cap ), 0 when S(q) is empty
 * </pre>
 *
 * <p>The cap keeps a rewrite about something else from earning without bound. A query that finds
 * nothing has nothing to differ from: the size term pays for finding something at all. Example:
 * S(y) = [b, c, d], S(q) = [a, b] gives 1.
 */
public final class Diversity implements EngineTerm {
  private final double cap;

  /**
   * @param cap greatest value
   */
  public Diversity(double cap) {
    this.cap = cap;
  }

  @Override
  public String name() {
    return "diversity";
  }

  @Override
  public double[] values(EngineGroup group) {
    Set<String> typed = Set.copyOf(group.identity().products());
    return group.each(
        member -> {
          Set<String> found = new HashSet<>(member.products());
          found.removeAll(typed);
          return typed.isEmpty() ? 0 : Math.min((double) found.size() / typed.size(), cap);
        });
  }
}

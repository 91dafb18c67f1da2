package io.searchloop.learning.reward.engine;

import java.util.HashSet;
import java.util.Set;

/** The share of a set of wanted products that rewrites find and the query alone misses. */
final class NewProducts {
  private NewProducts() {}

  /**
   * {@code |(S(y) \ S(q)) n wanted| / |wanted|} of each member, 0 when nothing is wanted; identity
   * has 0.
   */
  static double[] shares(EngineGroup group, Set<String> wanted) {
    Set<String> missed = new HashSet<>(wanted);
    group.identity().products().forEach(missed::remove);
    return group.each(
        member ->
            wanted.isEmpty()
                ? 0
                : (double) member.products().stream().filter(missed::contains).count()
                    / wanted.size());
  }
}

package io.searchloop.app.study;

import io.searchloop.search.arms.RewriteArm;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An arm that rewrites a query once, however many policies are compared on it: correcting costs
 * more than searching. For a known set of queries, since nothing is forgotten. Any thread.
 */
final class RememberedArm implements RewriteArm {
  private final RewriteArm arm;
  private final Map<String, String> rewrites = new ConcurrentHashMap<>();

  RememberedArm(RewriteArm arm) {
    this.arm = arm;
  }

  @Override
  public String name() {
    return arm.name();
  }

  @Override
  public String rewrite(String query) {
    return rewrites.computeIfAbsent(query, arm::rewrite);
  }
}

package io.searchloop.app.rewrites;

import io.searchloop.schemas.Decision;
import java.util.HashMap;
import java.util.Map;

/**
 * What searches that were served alike earned. Searches of one visitor are no independent evidence,
 * so each visitor counts once, by its mean. One thread.
 */
final class Outcomes {
  private final Map<String, Earned> byVisitor = new HashMap<>();
  private long searches;
  private long firstVersion = Long.MAX_VALUE;
  private long lastVersion = -1;
  private double weight;

  void add(Decision decision, double reward) {
    String visitor =
        decision.getClientId().isEmpty() ? decision.getSessionId() : decision.getClientId();
    byVisitor.merge(visitor, new Earned(reward, 1), Earned::plus);
    searches++;
    firstVersion = Math.min(firstVersion, decision.getPolicyVersion());
    lastVersion = Math.max(lastVersion, decision.getPolicyVersion());
    weight = decision.getRewriteWeight();
  }

  /** One mean for each visitor. */
  double[] means() {
    return byVisitor.values().stream().mapToDouble(Earned::mean).toArray();
  }

  long searches() {
    return searches;
  }

  int visitors() {
    return byVisitor.size();
  }

  long firstVersion() {
    return firstVersion;
  }

  long lastVersion() {
    return lastVersion;
  }

  /** Weight of the rewrite's words when it was last searched. */
  double weight() {
    return weight;
  }

  private record Earned(double reward, long searches) {
    Earned plus(Earned other) {
      return new Earned(reward + other.reward, searches + other.searches);
    }

    double mean() {
      return reward / searches;
    }
  }
}

package io.searchloop.learning.bandit;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Searches whose outcomes are still waited for: what was chosen, what was paid so far, and which
 * outcomes were heard of. Corrections come days later and anything may come twice, so a search is
 * kept until its memory has passed. One thread; searches come in order of time, or nearly.
 */
final class OpenDecisions {
  private final double memorySeconds;
  private final Map<String, Open> decisions = new LinkedHashMap<>();

  OpenDecisions(double memorySeconds) {
    this.memorySeconds = memorySeconds;
  }

  /** Keeps a decision, and lets go of those whose time has passed. */
  void add(ArmChoice choice, double second) {
    Iterator<Open> oldest = decisions.values().iterator();
    while (oldest.hasNext() && oldest.next().second + memorySeconds < second) {
      oldest.remove();
    }
    if (decisions.putIfAbsent(choice.decision(), new Open(choice, second)) != null) {
      throw new IllegalArgumentException(
          "Decision %s was made before, expected an id for each search."
              .formatted(choice.decision()));
    }
  }

  Optional<Open> find(String decision) {
    return Optional.ofNullable(decisions.get(decision));
  }

  int size() {
    return decisions.size();
  }

  /** One of them. */
  static final class Open {
    private final ArmChoice choice;
    private final double second;
    private final Set<Integer> heard = new HashSet<>();
    private double reward;

    private Open(ArmChoice choice, double second) {
      this.choice = choice;
      this.second = second;
    }

    ArmChoice choice() {
      return choice;
    }

    double second() {
      return second;
    }

    /** What an outcome changes; empty when it was heard of before. */
    Optional<ContextSums.Change> take(int sequence, double amount) {
      int count = heard.isEmpty() ? 1 : 0;
      if (!heard.add(sequence)) {
        return Optional.empty();
      }
      double before = reward;
      reward += amount;
      return Optional.of(new ContextSums.Change(count, amount, reward * reward - before * before));
    }
  }
}

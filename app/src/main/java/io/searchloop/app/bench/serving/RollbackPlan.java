package io.searchloop.app.bench.serving;

import java.time.Duration;

/**
 * How often to roll back, and before how many workers.
 *
 * @param workers processes
 * @param rollbacks measured, half of them while a transaction is open
 * @param pause between two
 * @param small whether the policy is a tiny one, which shows that everything works
 */
public record RollbackPlan(int workers, int rollbacks, Duration pause, boolean small) {
  public RollbackPlan {
    if (workers < 1 || rollbacks < 2) {
      throw new IllegalArgumentException(
          "workers %d and rollbacks %d, expected at least 1 and 2.".formatted(workers, rollbacks));
    }
  }
}

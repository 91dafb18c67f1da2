package io.searchloop.trainer.offline;

import io.searchloop.learning.preference.PairLevels;
import io.searchloop.schemas.config.Setting;
import java.time.Duration;

/**
 * How a policy learns from the engine, keys {@code train.*}; step size, leash and clips are those
 * of {@code trainer.*}.
 *
 * @param steps optimiser steps; 0 for the budget
 * @param budget training time instead of steps
 * @param queries groups of a step
 * @param candidates N: rewrites of a group
 * @param pairs which answers of a group are paired, where {@code trainer.algorithm} learns pairs
 * @param validateEvery steps between judgements on held-out queries; 0 for none but the last
 * @param checkpointEvery steps that a killed process loses at most
 * @param seed order of queries, and what is sampled
 */
public record OfflineConfig(
    @Setting(value = "800", help = "steps of engine-feedback learning; 0 for train.budget")
        int steps,
    @Setting(value = "PT15M", help = "time of engine-feedback learning when steps are 0")
        Duration budget,
    @Setting(value = "32", help = "queries of a step") int queries,
    @Setting(value = "4", help = "rewrites sampled for a query") int candidates,
    @Setting(value = "adjacent", help = "answers paired: adjacent reward levels (LeReT) or all")
        PairLevels pairs,
    @Setting(value = "100", help = "steps between judgements on held-out queries")
        int validateEvery,
    @Setting(value = "25", help = "steps that a killed process loses at most") int checkpointEvery,
    @Setting(value = "1", help = "seed of the order of queries and of sampling") long seed) {
  public OfflineConfig {
    if (steps < 0 || (steps == 0 && budget.toMillis() < 1)) {
      throw new IllegalArgumentException(
          "steps " + steps + " with budget " + budget + ", expected one of them above zero");
    }
    if (queries < 1 || candidates < 2 || validateEvery < 0 || checkpointEvery < 1) {
      throw new IllegalArgumentException(
          ("queries %d, candidates %d, validate-every %d, checkpoint-every %d; expected at least"
                  + " 1, 2, 0 and 1")
              .formatted(queries, candidates, validateEvery, checkpointEvery));
    }
  }
}

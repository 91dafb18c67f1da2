package io.searchloop.app.study;

import io.searchloop.app.judge.JudgeWeights;
import io.searchloop.learning.preference.PairLevels;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.trainer.TrainerConfig;
import io.searchloop.trainer.offline.OfflineConfig;
import io.searchloop.trainer.warmstart.WarmStartConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the preference study trains: for each seed a student, then DPO under a simulated judge
 * before a catalogue changes, and after it.
 *
 * @param seeds one split and one student each
 * @param warmStartSteps supervised steps of the student, 96 pairs each
 * @param steps DPO steps before the change, and as many after it
 * @param kinds kinds of products that arrive at the change, and as many are withdrawn
 * @param weights what the training judge's terms are worth
 */
public record PreferencePlan(
    List<Long> seeds, int warmStartSteps, int steps, int kinds, JudgeWeights weights) {
  /** Queries of a step. */
  static final int QUERIES = 16;

  /** Rewrites of a query. */
  static final int CANDIDATES = 6;

  /** Curve points of each phase. */
  static final int POINTS = 4;

  public PreferencePlan {
    seeds = List.copyOf(seeds);
    if (seeds.isEmpty() || warmStartSteps < 1 || steps < POINTS || kinds < 1) {
      throw new IllegalArgumentException(
          "Seeds %s, %d supervised steps, %d steps and %d kinds, expected one at least of each, and %d steps."
              .formatted(seeds, warmStartSteps, steps, kinds, POINTS));
    }
  }

  /** All that student and policies depend on, but the dataset. */
  Map<String, String> described() {
    return Map.of(
        "warm-start-steps", Integer.toString(warmStartSteps),
        "steps", Integer.toString(steps),
        "kinds", Integer.toString(kinds),
        "weights", weights.toString());
  }

  /** The student's supervised training, the shape that the distillation study gives students. */
  WarmStartConfig warmStart(long seed) {
    return new DistillationPlan(
            seeds, warmStartSteps, 1, Map.of("trainer.warm-start.vocabulary", "4096"))
        .warmStart(seed);
  }

  OfflineConfig offline(long seed) {
    return new OfflineConfig(
        steps,
        Duration.ZERO,
        QUERIES,
        CANDIDATES,
        PairLevels.ALL,
        Math.max(1, steps / POINTS),
        25,
        seed);
  }

  TrainerConfig trainer() {
    ConfigBinder binder =
        new ConfigBinder(
            Map.of(
                "trainer.algorithm", "dpo",
                "trainer.learning-rate", "0.0001",
                "trainer.temperature", "0.9"));
    TrainerConfig config = binder.bind("trainer", TrainerConfig.class);
    binder.finish();
    return config;
  }
}

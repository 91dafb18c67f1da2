package io.searchloop.app.study;

import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.trainer.distillation.DistillationConfig;
import io.searchloop.trainer.loss.DistillationLoss;
import io.searchloop.trainer.warmstart.WarmStartConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the distillation study trains: for each seed one supervised student, and from it every kind
 * of student with the same number of steps, batch and learning rate.
 *
 * @param seeds one split, one teacher and one set of students each
 * @param warmStartSteps supervised steps of {@link #WARM_START_BATCH} pairs that students share
 * @param steps further steps of {@link #BATCH} sequences, in which they differ
 * @param given settings {@code trainer.warm-start.*} of students, above those of the plan
 */
public record DistillationPlan(
    List<Long> seeds, int warmStartSteps, int steps, Map<String, String> given) {
  static final int WARM_START_BATCH = 96;
  static final int BATCH = 32;

  private static final String PREFIX = "trainer.warm-start.";
  private static final double RATE = 5e-4;

  /** A fifth of the teacher that {@code train} trains: 253 thousand of 1.33 million parameters. */
  public static final Map<String, String> STUDENT =
      Map.of("width", "48", "layers", "2", "heads", "4", "hidden", "132");

  public DistillationPlan {
    seeds = List.copyOf(seeds);
    given = new TreeMap<>(given);
    if (seeds.isEmpty() || warmStartSteps < 1 || steps < 1) {
      throw new IllegalArgumentException(
          "Seeds %s, %d supervised steps and %d steps, expected one at least of each."
              .formatted(seeds, warmStartSteps, steps));
    }
  }

  /** All that students depend on, but dataset and teacher. */
  Map<String, String> described() {
    Map<String, String> described = new TreeMap<>(given);
    described.put("warm-start-steps", Integer.toString(warmStartSteps));
    described.put("steps", Integer.toString(steps));
    return described;
  }

  /** The supervised student's training. */
  WarmStartConfig warmStart(long seed) {
    return student(
        Map.of(
            "steps", Integer.toString(warmStartSteps),
            "batch", Integer.toString(WARM_START_BATCH),
            "seed", Long.toString(seed)));
  }

  /**
   * More of the same for a student, on as many sequences as distillation reads.
   *
   * @param judgedPairs share of pairs of judged queries
   */
  WarmStartConfig supervised(long seed, double judgedPairs) {
    return student(
        Map.of(
            "steps", Integer.toString(steps),
            "batch", Integer.toString(BATCH),
            "learning-rate", Double.toString(RATE),
            "co-clicks", Double.toString(judgedPairs),
            // Other pairs than those of the warm start.
            "seed", Long.toString(seed + 1000)));
  }

  DistillationConfig distillation(DistillationLoss loss, long seed) {
    return new DistillationConfig(loss, steps, BATCH, 4, RATE, 1, seed);
  }

  private WarmStartConfig student(Map<String, String> apart) {
    Map<String, String> values = new TreeMap<>();
    values.put(PREFIX + "co-clicks", "0");
    STUDENT.forEach((key, value) -> values.put(PREFIX + key, value));
    values.putAll(given);
    apart.forEach((key, value) -> values.put(PREFIX + key, value));
    ConfigBinder binder = new ConfigBinder(values);
    WarmStartConfig config = binder.bind("trainer.warm-start", WarmStartConfig.class);
    binder.finish();
    return config;
  }
}

package io.searchloop.app.study.sessions;

import io.searchloop.app.study.DistillationPlan;
import io.searchloop.policy.rewrite.Decoding;
import io.searchloop.policy.rewrite.RewriteOptions;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.trainer.warmstart.WarmStartConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the session study trains: for each seed one supervised policy, and from it a student for
 * each {@link ContextKind} with the same number of steps, batch and learning rate.
 *
 * @param seeds one split, one set of sessions and of students each
 * @param warmStartSteps supervised steps of {@link #WARM_START_BATCH} pairs that students share
 * @param steps further steps of {@link #BATCH} pairs, eight in ten of them sessions
 * @param given settings {@code trainer.warm-start.*} of students, above those of the plan
 */
public record SessionPlan(
    List<Long> seeds, int warmStartSteps, int steps, Map<String, String> given) {
  static final int WARM_START_BATCH = 96;
  static final int BATCH = 48;

  /** Sessions that are learned from, for each train query. */
  static final int SESSIONS = 4;

  /** Annotations and three earlier queries, for all students: what one is not shown is empty. */
  static final RewriteOptions PROMPT = new RewriteOptions(false, true, 3, 0, 1, Decoding.POSITIONS);

  private static final String PREFIX = "trainer.warm-start.";
  private static final double SESSION_SHARE = .8;
  private static final double RATE = 1e-3;

  public SessionPlan {
    seeds = List.copyOf(seeds);
    given = new TreeMap<>(given);
    if (seeds.isEmpty() || warmStartSteps < 1 || steps < 1) {
      throw new IllegalArgumentException(
          "Seeds %s, %d supervised steps and %d steps, expected one at least of each."
              .formatted(seeds, warmStartSteps, steps));
    }
  }

  /** The same for one seed. */
  SessionPlan of(long seed) {
    return new SessionPlan(List.of(seed), warmStartSteps, steps, given);
  }

  /** What all students begin with. */
  WarmStartConfig warmStart(long seed) {
    return student(
        Map.of(
            "steps", Integer.toString(warmStartSteps),
            "batch", Integer.toString(WARM_START_BATCH),
            "co-clicks", "0",
            "seed", Long.toString(seed)));
  }

  /** A student's lessons; the pairs of queries are its sessions. */
  WarmStartConfig lessons(long seed) {
    return student(
        Map.of(
            "steps", Integer.toString(steps),
            "batch", Integer.toString(BATCH),
            "learning-rate", Double.toString(RATE),
            "co-clicks", Double.toString(SESSION_SHARE),
            // Other pairs than those of the warm start.
            "seed", Long.toString(seed + 1000)));
  }

  private WarmStartConfig student(Map<String, String> apart) {
    Map<String, String> values = new TreeMap<>();
    DistillationPlan.STUDENT.forEach((key, value) -> values.put(PREFIX + key, value));
    values.put(PREFIX + "vocabulary", "4096");
    values.put(PREFIX + "max-prompt", "64");
    values.putAll(given);
    apart.forEach((key, value) -> values.put(PREFIX + key, value));
    ConfigBinder binder = new ConfigBinder(values);
    WarmStartConfig config = binder.bind("trainer.warm-start", WarmStartConfig.class);
    binder.finish();
    return config;
  }
}

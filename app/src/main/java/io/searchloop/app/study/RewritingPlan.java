package io.searchloop.app.study;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the rewriting study trains: for each seed one warm start, and from it every method with the
 * same number of samples. A seed is the seed of split, weights and sampling at once.
 *
 * @param seeds one split and one warm start each
 * @param methods what is compared
 * @param warmStartSteps supervised steps of {@link #BATCH} pairs
 * @param steps steps of each method, 32 queries of {@link #CANDIDATES} rewrites
 * @param relevance file of the relevance model of engine rewards, {@code {seed}} for the seed;
 *     empty for BM25
 * @param given settings beneath those of the methods
 */
public record RewritingPlan(
    List<Long> seeds,
    List<RewritingMethod> methods,
    int warmStartSteps,
    int steps,
    String relevance,
    Map<String, String> given) {
  static final int BATCH = 96;
  static final int CANDIDATES = 8;

  private static final String SEED = "{seed}";

  public RewritingPlan {
    seeds = List.copyOf(seeds);
    methods = List.copyOf(methods);
    given = new TreeMap<>(given);
    if (seeds.isEmpty() || methods.isEmpty() || warmStartSteps < 1 || steps < 1) {
      throw new IllegalArgumentException(
          "Seeds %s, methods %s, %d supervised steps and %d steps, expected one at least of each."
              .formatted(seeds, methods, warmStartSteps, steps));
    }
  }

  /** Settings of a warm start that stays what it is: one step at no learning rate. */
  Map<String, String> warmStart(long seed) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("trainer.warm-start.seed", Long.toString(seed));
    settings.put("trainer.warm-start.batch", Integer.toString(BATCH));
    settings.put("trainer.warm-start.steps", Integer.toString(warmStartSteps));
    settings.putAll(given);
    settings.put("train.steps", "1");
    settings.put("trainer.learning-rate", "0");
    settings.put("train.seed", Long.toString(seed));
    return settings;
  }

  /** Settings of a method; the warm start decides the rest. */
  Map<String, String> method(RewritingMethod method, long seed) {
    Map<String, String> settings = new TreeMap<>(given);
    settings.keySet().removeIf(key -> key.startsWith("trainer.warm-start."));
    settings.put("train.steps", Integer.toString(steps));
    settings.put("train.candidates", Integer.toString(CANDIDATES));
    settings.put("train.seed", Long.toString(seed));
    if (method.engineRewards() && !relevance.isEmpty()) {
      settings.put("train.feedback.relevance", relevance.replace(SEED, Long.toString(seed)));
    }
    settings.putAll(method.settings());
    return settings;
  }
}

package io.searchloop.app.study.upkeep;

import io.searchloop.app.train.TrainSettings;
import io.searchloop.jobs.engine.EngineRewardConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the upkeep study trains: for each seed one policy by the frozen model and one by the
 * refreshed, the first stage shared.
 *
 * @param seeds of splits, verdicts, models and sampling
 * @param stages times that a policy is trained further
 * @param steps GRPO steps of a stage
 * @param pages pages of train queries that each model is learned from, those that say when to stop
 *     included
 * @param noise share of simulated verdicts that are turned round
 * @param given settings of training over those of the study
 */
public record UpkeepPlan(
    List<Long> seeds, int stages, int steps, int pages, double noise, Map<String, String> given) {
  /** The key of the model that rewards. */
  static final String MODEL = "train.feedback.relevance";

  /**
   * The reward is the model's relevance of the page and nothing else, so that what is gained
   * without being so is the model's doing. A policy that may go far: its rewrite is the whole
   * search, few answers are alike, the leash is loose, and the gate lets pass what it would stop.
   */
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("train.reward.size", "0"),
          Map.entry("train.validate-every", "0"),
          Map.entry("engine.combination", "replace"),
          Map.entry("engine.depth", "10"),
          Map.entry("trainer.temperature", "1.2"),
          Map.entry("trainer.learning-rate", "0.0005"),
          Map.entry("trainer.kl-weight", "0.002"),
          Map.entry("trainer.gate.max-kl", "100"),
          Map.entry("trainer.gate.min-validity", "0"),
          Map.entry("trainer.gate.min-sampled-validity", "0"),
          Map.entry("trainer.gate.max-length-ratio", "100"),
          Map.entry("trainer.gate.min-entropy", "0"));

  public UpkeepPlan {
    seeds = List.copyOf(seeds);
    given = new TreeMap<>(given);
    if (seeds.isEmpty() || stages < 1 || steps < 1 || pages < 2) {
      throw new IllegalArgumentException(
          "Seeds %s, %d stages, %d steps and %d pages, expected one at least of each, and two pages."
              .formatted(seeds, stages, steps, pages));
    }
    if (!(noise >= 0 && noise < .5)) {
      throw new IllegalArgumentException(
          "Noise is %s, expected a share of verdicts from 0 to below .5.".formatted(noise));
    }
    if (given.containsKey(MODEL)) {
      throw new IllegalArgumentException(
          "Setting %s is %s, but the study says which model rewards. Leave it out."
              .formatted(MODEL, given.get(MODEL)));
    }
  }

  /** All that decides what a seed comes to, the seed left out. */
  Map<String, String> described() {
    Map<String, String> described = new TreeMap<>(given);
    described.put("--stages", Integer.toString(stages));
    described.put("--steps", Integer.toString(steps));
    described.put("--pages", Integer.toString(pages));
    described.put("--noise", Double.toString(noise));
    return described;
  }

  /** Settings of a stage, from one. */
  Map<String, String> settings(long seed, int stage, Path model) {
    Map<String, String> settings = new TreeMap<>(SETTINGS);
    settings.putAll(given);
    settings.put("train.steps", Integer.toString(steps));
    settings.put("train.seed", Long.toString(seed * (stages + 1) + stage));
    settings.put(MODEL, model.toString());
    return settings;
  }

  /** How pages are searched, and how many products they show. */
  EngineRewardConfig engine() {
    Map<String, String> settings = new TreeMap<>(SETTINGS);
    settings.putAll(given);
    return TrainSettings.of(settings).engine();
  }
}

package io.searchloop.trainer.offline;

import io.searchloop.learning.preference.PairLevels;
import io.searchloop.policy.rewrite.ContextSource;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.RewriteOptions;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.trainer.TrainerConfig;
import io.searchloop.trainer.loss.LearningRateSchedule;
import io.searchloop.trainer.network.Precision;
import io.searchloop.trainer.warmstart.SupervisedWarmStart;
import io.searchloop.trainer.warmstart.WarmStart;
import io.searchloop.trainer.warmstart.WarmStartConfig;
import io.searchloop.trainer.warmstart.WarmStartText;
import io.searchloop.trainer.warmstart.WeightedPair;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Two words that the catalogue lacks, each with a right and a wrong phrase that the warm start
 * finds equally likely; feedback pays the right one. Every clock stands still.
 */
final class TinyShop {
  static final List<String> QUERIES = List.of("parasol", "settee");
  static final List<String> RIGHT = List.of("patio umbrella", "sofa");
  static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  static final WarmStartText TEXT =
      new WarmStartText(
          List.of("patio umbrella", "garden hose", "sofa", "door lock"),
          QUERIES,
          List.of(
              new WeightedPair("parasol", "patio umbrella", 1),
              new WeightedPair("parasol", "garden hose", 1),
              new WeightedPair("settee", "sofa", 1),
              new WeightedPair("settee", "door lock", 1)),
          List.of());

  private TinyShop() {}

  static SupervisedWarmStart warmStart(int steps, RewriteOptions options) {
    WarmStartConfig config =
        new WarmStartConfig(
            Duration.ZERO,
            steps,
            280,
            32,
            2,
            2,
            64,
            24,
            16,
            16,
            5e-3,
            1,
            1,
            "",
            LearningRateSchedule.Shape.COSINE,
            Precision.FP32,
            0,
            false,
            .3);
    return new SupervisedWarmStart(config, CLOCK, options, TinyShop::context);
  }

  static WarmStart warmStart(RewriteOptions options) {
    return warmStart(250, options).train(TEXT, progress -> {});
  }

  /**
   * One when a rewrite is right, as the engine would find the product; typed words find nothing.
   */
  static Feedback.Scores score(String query, List<Feedback.Proposal> proposals) {
    return new Feedback.Scores(
        proposals.stream()
            .map(proposal -> proposal.rewrites().stream().anyMatch(RIGHT::contains) ? 1. : 0.)
            .toList(),
        0);
  }

  static QueryContext context(String query) {
    return QueryContext.of(query).withProducts(List.of("garden hose"));
  }

  private static TrainerConfig trainer(Map<String, String> given) {
    Map<String, String> values = new TreeMap<>(given);
    values.put("trainer.learning-rate", "0.003");
    values.put("trainer.kl-weight", "0.01");
    ConfigBinder binder = new ConfigBinder(values);
    return binder.bind("trainer", TrainerConfig.class);
  }

  static OfflineTrainer offline(int steps, Feedback feedback) {
    return offline(steps, feedback, Map.of());
  }

  /** Under settings of the trainer besides those of the shop. */
  static OfflineTrainer offline(int steps, Feedback feedback, Map<String, String> given) {
    OfflineConfig config = new OfflineConfig(steps, Duration.ZERO, 4, 6, PairLevels.ALL, 0, 5, 3);
    ContextSource contexts = TinyShop::context;
    return new OfflineTrainer(config, trainer(given), contexts, feedback, Validation.NONE, CLOCK);
  }
}

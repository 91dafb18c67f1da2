package io.searchloop.app.study;

import io.searchloop.trainer.loss.LearningRateSchedule;
import io.searchloop.trainer.network.Precision;
import io.searchloop.trainer.warmstart.WarmStartConfig;
import java.time.Duration;
import java.util.List;

/**
 * What the validity study runs.
 *
 * @param warmStartSteps supervised steps of the full warm start
 * @param briefSteps supervised steps of the brief one
 * @param grpoSteps GRPO steps after each start
 * @param queries prompts of a GRPO step
 * @param members rollouts of a prompt (LESER: 4)
 * @param heldOut test queries that validity is measured on
 * @param vocabulary tokens of the tokenizer
 * @param width features of a position; the rest of the network follows from it
 * @param threads threads of a tensor operation
 * @param seeds one run each
 */
public record ValidityPlan(
    int warmStartSteps,
    int briefSteps,
    int grpoSteps,
    int queries,
    int members,
    int heldOut,
    int vocabulary,
    int width,
    int threads,
    List<Long> seeds) {
  private static final int BATCH = 32;

  public ValidityPlan {
    seeds = List.copyOf(seeds);
    if (briefSteps < 1 || warmStartSteps <= briefSteps || grpoSteps < 1 || seeds.isEmpty()) {
      throw new IllegalArgumentException(
          "warm start of %d steps, brief one of %d, %d GRPO steps, %d seeds; expected each above 0 and the brief start the shorter"
              .formatted(warmStartSteps, briefSteps, grpoSteps, seeds.size()));
    }
    if (queries < 1 || members < 2 || heldOut < 1) {
      throw new IllegalArgumentException(
          "%d queries of %d members, %d held out; expected at least 1, 2 and 1"
              .formatted(queries, members, heldOut));
    }
  }

  /** The study as published, of one seed or more. */
  public static ValidityPlan published(int warmStartSteps, int grpoSteps, List<Long> seeds) {
    return new ValidityPlan(
        warmStartSteps,
        Math.max(1, warmStartSteps / 20),
        grpoSteps,
        16,
        4,
        500,
        2048,
        128,
        1,
        seeds);
  }

  WarmStartConfig warmStart(int steps, long seed) {
    return new WarmStartConfig(
        Duration.ZERO,
        steps,
        vocabulary,
        width,
        4,
        4,
        width * 11 / 4,
        32,
        16,
        BATCH,
        2e-3,
        threads,
        seed,
        "",
        LearningRateSchedule.Shape.COSINE,
        Precision.FP32,
        0,
        false,
        .3);
  }
}

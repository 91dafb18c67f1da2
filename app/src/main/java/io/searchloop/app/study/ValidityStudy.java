package io.searchloop.app.study;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.dataset.TrainingText;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.trainer.TrainerConfig;
import io.searchloop.trainer.checkpoint.RandomState;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.sampling.Answer;
import io.searchloop.trainer.sampling.PolicyDecoder;
import io.searchloop.trainer.warmstart.NoiseChannel;
import io.searchloop.trainer.warmstart.PairMiner;
import io.searchloop.trainer.warmstart.PairMix;
import io.searchloop.trainer.warmstart.SupervisedWarmStart;
import io.searchloop.trainer.warmstart.WarmStart;
import io.searchloop.trainer.warmstart.WarmStartText;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Does reinforcement need a warm start? Trains GRPO from a long, a brief and no warm start, and
 * measures on held-out test queries how often each policy still gives a valid rewrite. LESER (arXiv
 * 2509.05570) reports 57.45 % against 12.80 % with and without.
 */
public final class ValidityStudy {
  private static final double TEMPERATURE = .9;

  private final ValidityPlan plan;
  private final InstantSource clock;
  private final Consumer<String> progress;

  public ValidityStudy(ValidityPlan plan, InstantSource clock, Consumer<String> progress) {
    this.plan = plan;
    this.clock = clock;
    this.progress = progress;
  }

  /** Runs the whole plan on a dataset. */
  public ValidityReport run(Dataset dataset) {
    long startedAt = clock.millis();
    List<String> heldOut =
        dataset.queries(Split.TEST).stream()
            .map(JudgedQuery::text)
            .map(QueryText::normalise)
            .distinct()
            .limit(plan.heldOut())
            .toList();
    WarmStartText text = TrainingText.of(dataset);
    List<ValidityRow> rows = new ArrayList<>();
    for (long seed : plan.seeds()) {
      try (WarmStart warm = warmStart(text, plan.warmStartSteps(), seed);
          WarmStart brief = warmStart(text, plan.briefSteps(), seed);
          WarmStart cold = cold(warm, seed)) {
        rows.add(row("warm", plan.warmStartSteps(), warm, text, heldOut, seed));
        rows.add(row("brief", plan.briefSteps(), brief, text, heldOut, seed));
        rows.add(row("cold", 0, cold, text, heldOut, seed));
      }
    }
    return new ValidityReport(
        dataset.name(), heldOut.size(), plan, rows, (clock.millis() - startedAt) / 1000);
  }

  private WarmStart warmStart(WarmStartText text, int steps, long seed) {
    progress.accept("seed %d: warm start of %d steps".formatted(seed, steps));
    return new SupervisedWarmStart(plan.warmStart(steps, seed), clock)
        .train(
            text,
            report -> {
              if (!report.heldOut().isEmpty()) {
                progress.accept(
                    "  step %d loss %.3f %s"
                        .formatted(report.step(), report.loss(), report.heldOut()));
              }
            });
  }

  /** The same tokenizer and format on fresh weights. */
  private static WarmStart cold(WarmStart like, long seed) {
    return new WarmStart(
        PolicyNetwork.initialise(like.network().config(), seed),
        like.tokenizer(),
        like.spec(),
        like.probes(),
        Map.of());
  }

  private ValidityRow row(
      String name,
      int steps,
      WarmStart start,
      WarmStartText text,
      List<String> heldOut,
      long seed) {
    double served = served(start, heldOut);
    double before = free(start, heldOut, seed);
    NoiseChannel noise = NoiseChannel.learn(text.corrections());
    PairMiner miner = new PairMiner(text, PairMix.DEFAULT, noise, new RandomState(seed + 1));
    List<Double> rewards = new ArrayList<>();
    try (ValidityCourse course =
        new ValidityCourse(plan, trainerConfig(), start, miner::next, seed)) {
      for (int i = 0; i < plan.grpoSteps(); i++) {
        rewards.add(course.step());
      }
      int tenth = Math.max(1, rewards.size() / 10);
      ValidityRow row =
          new ValidityRow(
              name,
              seed,
              steps,
              served,
              before,
              free(course.policy(), heldOut, seed),
              mean(rewards.subList(0, tenth)),
              mean(rewards.subList(rewards.size() - tenth, rewards.size())),
              course.flatShare(),
              course.refused());
      progress.accept(row.toString());
      return row;
    }
  }

  private TrainerConfig trainerConfig() {
    ConfigBinder binder =
        new ConfigBinder(
            Map.of(
                "trainer.temperature",
                String.valueOf(TEMPERATURE),
                "trainer.learning-rate",
                "0.0003",
                "trainer.threads",
                String.valueOf(plan.threads())));
    TrainerConfig config = binder.bind("trainer", TrainerConfig.class);
    binder.finish();
    return config;
  }

  private static double served(WarmStart policy, List<String> queries) {
    return valid(
        new PolicyDecoder(policy.artifact(policy.network()), policy.network().config())
            .greedy(prompts(policy, queries)),
        policy.format());
  }

  private static double free(WarmStart policy, List<String> queries, long seed) {
    return valid(
        new PolicyDecoder(
                policy.artifact(policy.network()),
                policy.network().config(),
                new UnforcedGrammar(policy.spec().maxRewriteTokens()))
            .sample(prompts(policy, queries), TEMPERATURE, new RandomState(seed + 2)),
        policy.format());
  }

  private static List<int[]> prompts(WarmStart policy, List<String> queries) {
    RewriteFormat format = policy.format();
    return queries.stream().map(query -> format.prompt(QueryContext.of(query))).toList();
  }

  private static double valid(List<Answer> answers, RewriteFormat format) {
    return answers.stream().filter(answer -> format.rewrite(answer.tokens()).isPresent()).count()
        / (double) answers.size();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}

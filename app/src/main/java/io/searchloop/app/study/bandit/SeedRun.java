package io.searchloop.app.study.bandit;

import io.searchloop.app.dataset.GradeScale;
import io.searchloop.learning.bandit.BanditConfig;
import io.searchloop.learning.bandit.Context;
import io.searchloop.learning.bandit.ThompsonBandit;
import io.searchloop.schemas.RewardConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Everything that is run on one shop under one seed. The ways to choose meet the same visitors, so
 * their differences are paired.
 */
final class SeedRun {
  static final String BANDIT = "bandit by kind";
  static final String BANDIT_QUERY = "bandit by kind and query";
  static final String BEST_FIXED = "best fixed arm";
  static final String BEST_OF_KIND = "best arm of each kind";
  static final String ORACLE = "best arm of each query";
  static final String IDENTITY = "identity";
  static final String NO_ROBOTS = "no robots";
  static final String ROBOTS = "10 % robots";
  static final String TRUST = "10 % robots, trust rules";
  static final String FROZEN = "frozen at the change";
  static final String FORGETFUL = "bandit by kind, half-life 12 h";

  private static final double ROBOT_SHARE = .1;

  private final BanditPlan plan;
  private final GradeScale scale;
  private final ArmTable table;
  private final Zipf zipf;
  private final long seed;

  SeedRun(BanditPlan plan, GradeScale scale, ArmTable table, long seed) {
    this.plan = plan;
    this.scale = scale;
    this.table = table;
    this.zipf = new Zipf(table.queries().size());
    this.seed = seed;
  }

  /** Bandits, every arm, and what could be had in hindsight; the bandit's own run comes back. */
  Course online(List<OnlineFigures> figures) {
    Traffic traffic = Traffic.draw(plan, zipf, plan.searches(), 0, seed);
    Shop shop = Shop.unchanging(table);
    Course course = learn(BANDIT, run(shop), traffic, byKind(plan.bandit()), figures);
    learn(BANDIT_QUERY, run(shop), traffic, byQuery(plan.bandit()), figures);
    for (int arm = 0; arm < plan.arms().size(); arm++) {
      int fixed = arm;
      figures.add(hindsight(plan.arms().get(arm), course, row -> fixed));
    }
    int best = table.best(zipf);
    figures.add(hindsight(BEST_FIXED, course, row -> best));
    figures.add(hindsight(BEST_OF_KIND, course, bestOfKind(table)));
    figures.add(hindsight(ORACLE, course, QueryArms::best));
    return course;
  }

  /** What robots cost the shoppers, and what trust rules save. */
  List<OnlineFigures> robots() {
    List<OnlineFigures> figures = new ArrayList<>();
    Traffic mixed = Traffic.draw(plan, zipf, plan.searches(), ROBOT_SHARE, seed);
    Traffic shoppers =
        new Traffic(
            mixed.searches().stream().filter(s -> s.kind() == VisitorKind.SHOPPER).toList());
    Shop shop = Shop.unchanging(table);
    Course clean = learn(NO_ROBOTS, run(shop), shoppers, byKind(plan.bandit()), figures);
    learn(ROBOTS, run(shop), mixed, byKind(plan.bandit()), figures);
    learn(TRUST, run(shop, BanditPlan.trusted()), mixed, byKind(plan.bandit()), figures);
    figures.add(hindsight(IDENTITY, clean, row -> 0));
    return figures;
  }

  /** A change of the catalogue in the middle of the run. */
  List<OnlineFigures> change(ArmTable after) {
    List<OnlineFigures> figures = new ArrayList<>();
    Traffic traffic = Traffic.draw(plan, zipf, plan.searches(), 0, seed);
    Instant middle = traffic.searches().get(plan.searches() / 2).when();
    Shop shop = new Shop(table, after, middle);
    learn(BANDIT, run(shop), traffic, byKind(plan.bandit()), figures);
    learn(FORGETFUL, run(shop), traffic, byKind(plan.forgetful()), figures);
    Course frozen =
        learn(FROZEN, run(shop), traffic, ArmPolicy.byKind(plan.bandit(), middle), figures);
    figures.add(hindsight(IDENTITY, frozen, row -> 0));
    ToIntFunction<QueryArms> old = bestOfKind(table);
    ToIntFunction<QueryArms> young = bestOfKind(after);
    figures.add(
        OnlineFigures.of(
            BEST_OF_KIND,
            frozen,
            step ->
                step.arms()
                    .value(
                        (step.search().when().isBefore(middle) ? old : young)
                            .applyAsInt(step.arms())),
            Map.of()));
    return figures;
  }

  private BanditRun run(Shop shop) {
    return run(shop, BanditPlan.prices());
  }

  private BanditRun run(Shop shop, RewardConfig prices) {
    return new BanditRun(shop, scale, BanditPlan.shoppers(), prices);
  }

  private static ArmPolicy.Learning byKind(BanditConfig config) {
    return ArmPolicy.byKind(config, Instant.MAX);
  }

  private static ArmPolicy.Learning byQuery(BanditConfig config) {
    return new ArmPolicy.Learning(
        new ThompsonBandit(config),
        arms -> Context.of(arms.choice(), arms.query().text()),
        Instant.MAX);
  }

  private Course learn(
      String name,
      BanditRun run,
      Traffic traffic,
      ArmPolicy.Learning policy,
      List<OnlineFigures> figures) {
    Course course = run.run(traffic, policy, seed);
    figures.add(OnlineFigures.of(name, course, left(policy.bandit())));
    return course;
  }

  private ToIntFunction<QueryArms> bestOfKind(ArmTable known) {
    Map<QueryKind, Integer> best = new LinkedHashMap<>();
    for (QueryKind kind : QueryKind.values()) {
      best.put(kind, known.best(zipf, kind));
    }
    return arms -> best.getOrDefault(arms.kind(), 0);
  }

  private static OnlineFigures hindsight(
      String name, Course course, ToIntFunction<QueryArms> rule) {
    return OnlineFigures.of(
        name, course, step -> step.arms().value(rule.applyAsInt(step.arms())), Map.of());
  }

  private static Map<String, Long> left(ThompsonBandit bandit) {
    return Map.of(
        "repeated", bandit.counts().repeated(),
        "unknown", bandit.counts().unknown(),
        "forgotten_contexts", bandit.counts().forgottenContexts());
  }
}

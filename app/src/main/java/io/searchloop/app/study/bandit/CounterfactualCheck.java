package io.searchloop.app.study.bandit;

import io.searchloop.app.dataset.GradeScale;
import io.searchloop.learning.counterfactual.Estimator;
import io.searchloop.learning.counterfactual.LoggedChoice;
import io.searchloop.learning.counterfactual.OffPolicyEstimator;
import io.searchloop.learning.counterfactual.PolicyValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values policies that never ran by the log of a bandit that was learning, then lets them run. A
 * log is written again and again with other visitors, so that it shows how often the 95 % interval
 * holds the truth, and not only that it did once.
 */
final class CounterfactualCheck {
  private static final long DEPLOYED = 1_000_003;

  private final BanditPlan plan;
  private final ArmTable table;
  private final GradeScale scale;
  private final Zipf zipf;

  CounterfactualCheck(BanditPlan plan, ArmTable table, GradeScale scale) {
    this.plan = plan;
    this.table = table;
    this.scale = scale;
    this.zipf = new Zipf(table.queries().size());
  }

  /** Checks every target on the same logs. */
  List<TargetFigures> run(List<TargetRule> targets, long seed) {
    Map<TargetRule, Map<Estimator, List<PolicyValue>>> values = new LinkedHashMap<>();
    double logged = 0;
    for (int repetition = 0; repetition < plan.repetitions(); repetition++) {
      long own = seed * DEPLOYED + 2L * repetition;
      Course course = log(own);
      logged += course.value(0) / plan.repetitions();
      for (TargetRule target : targets) {
        List<LoggedChoice> log = course.log(target.rule());
        for (Estimator estimator : Estimator.values()) {
          values
              .computeIfAbsent(target, t -> new EnumMap<>(Estimator.class))
              .computeIfAbsent(estimator, e -> new ArrayList<>())
              .add(
                  OffPolicyEstimator.DEFAULT.value(
                      log, estimator, RandomStreams.of(own).resamples()));
        }
      }
    }
    List<TargetFigures> figures = new ArrayList<>();
    double mean = logged;
    values.forEach((target, each) -> figures.add(figures(target, each, mean, seed)));
    return figures;
  }

  private Course log(long seed) {
    return run(ArmPolicy.byKind(plan.bandit(), Instant.MAX), plan.logged(), seed);
  }

  private Course run(ArmPolicy policy, int searches, long seed) {
    Traffic traffic = Traffic.draw(plan, zipf, searches, 0, seed);
    return new BanditRun(Shop.unchanging(table), scale, BanditPlan.shoppers(), BanditPlan.prices())
        .run(traffic, policy, seed);
  }

  private TargetFigures figures(
      TargetRule target, Map<Estimator, List<PolicyValue>> values, double logged, long seed) {
    double expected = table.mean(zipf, row -> row.value(target.rule().applyAsInt(row)));
    double deployed =
        run(ArmPolicy.fixed(target.rule()), plan.searches(), seed * DEPLOYED + 1).earned();
    Map<String, EstimatorFigures> figures = new LinkedHashMap<>();
    values.forEach(
        (estimator, each) ->
            figures.put(estimator.name(), EstimatorFigures.of(each, expected, deployed)));
    return new TargetFigures(target.name(), expected, deployed, logged, figures);
  }
}

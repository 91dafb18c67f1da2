package io.searchloop.app.study.bandit;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.dataset.GradeScale;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.simulation.ExpectedReward;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A bandit soon leaves the first arm, and the policy to be valued never does. */
class CounterfactualCheckTest {
  private static final int REPETITIONS = 40;
  private static final BanditPlan PLAN =
      new BanditPlan(List.of(1L), List.of("identity", "synonyms"), 1000, 2500, 500, REPETITIONS);

  private static ArmTable fairFirstArmAndPerfectSecond() {
    ExpectedReward rewards =
        new ExpectedReward(GradeScale.FROM_ZERO, BanditPlan.shoppers(), BanditPlan.prices());
    return new ArmTable(
        IntStream.range(0, 50)
            .mapToObj(
                i -> {
                  String fair = "fair-" + i;
                  String perfect = "perfect-" + i;
                  JudgedQuery query =
                      new JudgedQuery("q" + i, "query " + i, 1, Map.of(fair, 1.0, perfect, 3.0));
                  List<List<String>> pages = List.of(List.of(fair), List.of(perfect));
                  List<Double> values =
                      pages.stream().map(page -> rewards.of(query, page)).toList();
                  return QueryArms.of(query, QueryKind.OTHER, pages, values);
                })
            .toList());
  }

  @Test
  void estimatesCentreOnAPolicyThatEarnsFarLessThanTheOneThatWroteTheLog() {
    CounterfactualCheck check =
        new CounterfactualCheck(PLAN, fairFirstArmAndPerfectSecond(), GradeScale.FROM_ZERO);

    TargetFigures found = check.run(List.of(new TargetRule("stay", arms -> 0)), 1).get(0);

    double distance = found.logged() - found.expected();
    assertThat(distance).isGreaterThan(1);
    assertThat(found.estimators()).hasSize(3);
    assertThat(found.estimators().values())
        .allSatisfy(
            figures -> {
              assertThat(figures.error()).isLessThan(distance / 3);
              assertThat(Math.abs(figures.bias()))
                  .isLessThan(3 * figures.error() / Math.sqrt(REPETITIONS));
            });
  }
}

package io.searchloop.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.learning.experiment.TrialRules;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulation on a scale that fits a build; the seeds are fixed, so it always ends the same. */
class HealthBenchTest {
  private static final int RUNS = 100;

  @Test
  void alarmsRarelyForTheSameAndActsUponTheWorse() {
    HealthReport report =
        new HealthBench(HealthPlan.quick(RUNS, 11), InstantSource.fixed(Instant.EPOCH), line -> {})
            .run(List.of("bench", "health"));

    ScenarioFigures same = report.scenarios().get(0);
    assertThat(same.rolledBack() + same.held()).isLessThanOrEqualTo(5);
    assertThat(same.naive()).isGreaterThan(same.rolledBack() + same.held()); // as peeking must
    assertThat(same.promoted()).isZero();

    ScenarioFigures worse = report.scenarios().get(1);
    assertThat(worse.rolledBack()).isGreaterThan(95);
    assertThat(worse.causes()).containsKey("reward");
    assertThat(worse.impressionsMedian()).isBetween(1_000L, 100_000L);

    ScenarioFigures losing = report.scenarios().get(2);
    assertThat(losing.held()).isEqualTo(RUNS);
    assertThat(report.met()).isTrue();
  }

  @Test
  void keepsToFivePercentInItsRules() {
    assertThat(TrialRules.DEFAULT.alarmBudget()).isLessThanOrEqualTo(.05 + 1e-12);
  }

  @Test
  void repeatsItselfForASeed() {
    HealthPlan plan = HealthPlan.quick(3, 5);
    HealthBench bench = new HealthBench(plan, InstantSource.fixed(Instant.EPOCH), line -> {});

    assertThat(bench.run(List.of())).isEqualTo(bench.run(List.of()));
  }
}

package io.searchloop.app.bench.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether every answer names the session that scored it; never how fast anything was. */
class SwapBenchIT {
  @TempDir Path directory;

  @Test
  void everyDecisionNamesTheSessionThatScoredItAndEverySessionCloses() {
    SwapPlan plan = SwapPlan.quick();
    SwapReport report =
        new SwapBench(plan, directory, InstantSource.system(), line -> {})
            .call(List.of("bench", "swap"));

    assertThat(report.load().requests()).isPositive();
    assertThat(report.load().failed()).isZero();
    assertThat(report.scored().rollouts()).isPositive();
    assertThat(report.scored().disagreeing()).isZero();
    assertThat(report.scored().ambiguous()).isLessThan(report.scored().rollouts() / 10);
    assertThat(report.sessions().opened()).isEqualTo(plan.swaps() + 1L);
    assertThat(report.sessions().closed()).isEqualTo(plan.swaps());
    assertThat(report.residentBytes()).hasSize(plan.swaps());
  }
}

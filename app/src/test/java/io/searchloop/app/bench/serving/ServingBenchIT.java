package io.searchloop.app.bench.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the report is whole and consistent; never how fast anything was. */
class ServingBenchIT {
  @TempDir Path directory;

  @Test
  void measuresEveryWayAtEveryLoadAndLosesNoRequest() throws IOException {
    ServingPlan plan = ServingPlan.quick();
    ServingReport report =
        new ServingBench(plan, directory, InstantSource.system(), line -> {})
            .call(List.of("bench", "serving"));

    int loads = plan.concurrency().size() * plan.candidates().size();
    assertThat(report.cells()).hasSize(ServingPath.values().length * loads);
    assertThat(report.cells())
        .allSatisfy(
            cell -> {
              assertThat(cell.rounds()).hasSize(plan.rounds());
              assertThat(cell.rounds())
                  .allSatisfy(figures -> assertThat(figures.requests()).isPositive());
            });
    assertThat(report.met()).isTrue();
    assertThat(report.ratios()).hasSize(5 * plan.candidates().size());
    assertThat(report.conclusions()).hasSize(1 + report.cells().size() + 5 * 2 + 1);
    Path file = directory.resolve("report.json");
    report.write(file);
    assertThat(new ObjectMapper().readTree(Files.readString(file)).get("answer_tokens").asInt())
        .isEqualTo(ServingPolicies.ANSWER);
  }
}

package io.searchloop.app.bench.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.trainer.network.Compute;
import io.searchloop.trainer.network.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whether the report is whole and consistent; never how fast anything was. */
class TrainerBenchIT {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(Precision.class)
  void reportsEveryLossWithAFloorThatFollowsFromItsTokens(Precision precision) {
    TrainerPlan plan = TrainerPlan.quick(1, new Compute(precision, false), 7);
    TrainerReport report = run(plan);

    assertThat(report.steps())
        .extracting(TrainerReport.Steps::loss)
        .containsExactly("sft", "grpo", "dpo");
    assertThat(report.steps())
        .allSatisfy(
            steps -> {
              assertThat(steps.packing().fed()).isLessThan(steps.packing().given());
              assertThat(steps.packing().places()).isGreaterThanOrEqualTo(steps.packing().fed());
              assertThat(steps.fedOperations()).isLessThan(steps.floorOperations());
              assertThat(steps.seconds().runs()).isEqualTo(plan.rounds("300k"));
              assertThat(steps.overFed().median())
                  .isCloseTo(
                      steps.overFloor().median() * steps.floorOperations() / steps.fedOperations(),
                      within(1e-6 * steps.overFed().median()));
            });
    assertThat(report.storage())
        .singleElement()
        .satisfies(stored -> assertThat(stored.graphBytes()).isGreaterThan(4 * 250_000L));
    assertThat(report.memory().residentBytes()).hasSize(plan.memorySamples());
    assertThat(report.conclusions()).hasSize(3 + 1 + 1);
  }

  @Test
  void writesItsReportAsJson() throws IOException {
    Path file = directory.resolve("reports").resolve("f.json");

    run(TrainerPlan.quick(1, new Compute(Precision.FP32, true), 7)).write(file);

    JsonNode json = new ObjectMapper().readTree(Files.readString(file));
    assertThat(json.at("/plan/compute/recompute").asBoolean()).isTrue();
    assertThat(json.at("/networks/0/shape/vocabulary_size").asInt()).isEqualTo(512);
    assertThat(json.at("/steps/1/over_floor/median").asDouble()).isPositive();
    assertThat(json.at("/memory/native_growth").isNumber()).isTrue();
  }

  private TrainerReport run(TrainerPlan plan) {
    return new TrainerBench(plan, directory, InstantSource.system(), line -> {})
        .call(List.of("bench", "trainer", "--quick"));
  }
}

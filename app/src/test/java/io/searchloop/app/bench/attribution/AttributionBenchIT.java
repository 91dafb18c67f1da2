package io.searchloop.app.bench.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.app.bench.traffic.Backlog;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That everything is measured and consistent. How fast anything is, no test can say. */
class AttributionBenchIT {
  @TempDir Path directory;

  @Test
  void measuresEveryContenderAtItsSizesAndWeighsWhatIsOpen() throws Exception {
    AttributionPlan plan = AttributionPlan.quick(7, directory.resolve("profile"));

    AttributionReport report =
        new AttributionBench(plan, directory, InstantSource.system(), line -> {})
            .call(List.of("bench", "attribution", "--quick"));

    assertThat(report.backlogs()).extracting(b -> b.shape().open()).containsExactly(500L, 1_500L);
    assertThat(report.runs())
        .extracting(AttributionRun::contender, AttributionRun::openImpressions)
        .containsExactlyInAnyOrder(
            tuple("pass-through", 500L),
            tuple("pass-through-local", 500L),
            tuple("reward-heap", 500L),
            tuple("reward-rocksdb", 500L),
            tuple("reward-heap", 1_500L),
            tuple("reward-rocksdb", 1_500L));
    for (AttributionRun run : report.runs()) {
      Backlog backlog = backlog(report, run);
      assertThat(run.figures().records())
          .isPositive()
          .isLessThanOrEqualTo(backlog.records() - backlog.measureFrom());
      assertThat(run.figures().seconds()).isPositive();
      assertThat(run.figures().cpuSeconds()).isPositive();
      assertThat(run.brokerCpuMicrosPerRecord()).isPositive();
    }
    assertThat(report.states())
        .hasSize(4)
        .allSatisfy(state -> assertThat(state.checkpointBytesPerImpression()).isPositive());
    assertThat(report.ratios())
        .hasSize(10)
        .allSatisfy(ratio -> assertThat(ratio.met()).isEqualTo(ratio.mean() >= ratio.least()));
    assertThat(report.profiles())
        .containsOnlyKeys("pass-through", "pass-through-local", "reward-heap", "reward-rocksdb");
    assertThat(report.profiles().get("reward-heap").samples()).isPositive();
    assertThat(written(report).at("/ratios/0/least").asDouble()).isEqualTo(.6);
  }

  private static Backlog backlog(AttributionReport report, AttributionRun run) {
    return report.backlogs().stream()
        .filter(backlog -> backlog.shape().open() == run.openImpressions())
        .findFirst()
        .orElseThrow();
  }

  private JsonNode written(AttributionReport report) throws Exception {
    Path file = directory.resolve("reports/f.json");
    report.write(file);
    return new ObjectMapper().readTree(file.toFile());
  }
}

package io.searchloop.app.bench.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the report is whole and consistent; never how fast anything was. */
class PublishBenchIT {
  @TempDir Path directory;

  @Test
  void servesKeyframesAndDeltasAndCountsWhatTrainingReleasesTake() throws Exception {
    PublishPlan plan = PublishPlan.quick(1, 7);

    PublishReport report =
        new PublishBench(plan, directory.resolve("data"), InstantSource.system(), line -> {})
            .call(List.of("bench", "publish", "--quick"));

    assertThat(report.served())
        .extracting(PublishReport.Served::kind)
        .containsExactly("keyframe", "delta");
    PublishReport.Served keyframe = report.served().get(0);
    assertThat(keyframe.carriedBytes().median()).isEqualTo(keyframe.artifactBytes());
    assertThat(keyframe.diskBytes().median()).isLessThan(.7 * keyframe.artifactBytes());
    assertThat(report.served().get(1).carriedBytes().max())
        .isLessThan(.05 * keyframe.artifactBytes());
    assertThat(report.deltas())
        .hasSize(2)
        .allSatisfy(
            deltas -> {
              assertThat(deltas.each()).hasSize(plan.releases());
              assertThat(deltas.changed().min()).isPositive();
              assertThat(deltas.ofWeights()).isBetween(0.0, .2);
            });
    assertThat(report.deltas().get(0).changed().median())
        .isLessThan(report.deltas().get(1).changed().median());
    assertThat(report.starts())
        .extracting(PublishReport.Start::releases)
        .containsExactly(4, 4 + plan.pastReleases());
    Path file = directory.resolve("f.json");
    report.write(file);
    JsonNode json = new ObjectMapper().readTree(Files.readString(file));
    assertThat(json.at("/served/1/kind").asText()).isEqualTo("delta");
    assertThat(report.conclusions()).hasSize(2 + 2 + 2);
  }
}

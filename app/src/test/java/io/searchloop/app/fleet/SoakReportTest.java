package io.searchloop.app.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakReportTest {
  @TempDir Path directory;

  @Test
  void tellsEachQuarterOfTheRun() {
    SoakReport report = report(0, 1, Map.of());

    assertThat(report.met()).isTrue();
    assertThat(report.conclusions())
        .anyMatch(line -> line.matches("700 searches in 7 minutes, 0 failed; .* began anew: 0"))
        .anyMatch(line -> line.matches(" *broker, MiB +100.5 +102.5 +104.5 +106.5"))
        .anyMatch(line -> line.matches(" *lag of reward +3.0 +3.0 +3.0 +3.0"))
        .anyMatch(line -> line.contains("checkpoints of reward: 12.0 a minute, 12 at least"))
        .anyMatch(line -> line.matches(" *disk, MiB +6.0 +6.0 +6.0 +6.0"))
        .anyMatch(line -> line.contains("10 asked, 7 answered") && line.contains("3 shed"));
  }

  @Test
  void failedSearchesAndLostProcessesAreNoSuccess() {
    assertThat(report(1, 1, Map.of()).met()).isFalse();
    assertThat(report(0, 2, Map.of()).met()).isFalse();
    assertThat(report(0, 1, Map.of(503, 1L)).met()).isFalse();
  }

  @Test
  void drawsWhatItSaw() {
    report(0, 1, Map.of()).write(directory.resolve("soak.json"));

    assertThat(directory)
        .isDirectoryContaining("glob:**/soak.json")
        .isDirectoryContaining("glob:**/soak-memory.png")
        .isDirectoryContaining("glob:**/soak-disk.png")
        .isDirectoryContaining("glob:**/soak-lag.png");
  }

  private static SoakReport report(long failed, int starts, Map<Integer, Long> other) {
    SoakPlan plan =
        new SoakPlan(
            Duration.ZERO,
            Duration.ofMinutes(7),
            Duration.ofMinutes(1),
            2,
            5,
            Duration.ofMinutes(1),
            Duration.ofMinutes(3),
            7,
            Map.of());
    return new SoakReport(
        List.of("bench", "soak"),
        Instant.EPOCH,
        Instant.EPOCH.plus(plan.duration()),
        Map.of(),
        plan,
        IntStream.rangeClosed(0, 7).mapToObj(minute -> sample(minute, failed)).toList(),
        List.of(new RushFigures(10, 10, 7, 3, new TreeMap<>(other), 5, 8, 9, 1)),
        sample(8, 2),
        Map.of("broker", starts));
  }

  private static SoakSample sample(int minute, long failed) {
    return new SoakSample(
        minute,
        Map.of("broker", 100.0 + minute),
        Map.of("reward", 3L),
        Map.of("reward", 12 * minute),
        Map.of("search.events.v1", 4.0),
        Map.of("flink", 1.0, "trainer", 1.0),
        100L * minute,
        failed);
  }
}

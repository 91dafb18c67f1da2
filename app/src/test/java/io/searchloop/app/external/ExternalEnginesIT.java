package io.searchloop.app.external;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.app.simulation.Population;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jobs' jar on a standalone Flink, beside a broker that asks for TLS, SASL and rights, a
 * registry, a trainer and a worker, each a process and a user with the documented rights alone: the
 * loop learns, and goes on learning when the reward job is stopped with a savepoint and comes back
 * wider while shoppers shop.
 */
@Tag("external")
class ExternalEnginesIT {
  private static final String LAUNCH = "io.searchloop.jobs.launch.";

  private static final String CLIENT = "--kafka.client-config";

  /** Whom each job signs in as. */
  private static final Map<String, String> COMPONENTS =
      Map.of(
          "RewardJobMain", "reward-job",
          "EngineRewardJobMain", "engine-reward-job",
          "MinibatchJobMain", "minibatch-job",
          "PolicyHealthJobMain", "policy-health-job");

  /** With the three other jobs it takes every slot, so it runs on both TaskManagers. */
  private static final int WIDER = 3;

  /** With the log of each process; it stays when the test fails. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path directory;

  @Test
  void learnsOnExternalEnginesAndLosesNothingWhenAJobIsRescaled() throws Exception {
    Path jar = jobsJar();
    try (ExternalLoop loop = new ExternalLoop(directory)) {
      StandaloneFlink flink =
          StandaloneFlink.start(
              loop.processes(), Files.createDirectories(directory.resolve("flink")));
      Path settings = loop.jobSettings();
      Map<String, String> jobs = new LinkedHashMap<>();
      for (String main : COMPONENTS.keySet()) {
        jobs.put(
            main, flink.run(jar, LAUNCH + main, List.of(), settings, CLIENT, file(loop, main)));
      }
      loop.startLearning();

      long tuplesBefore;
      String wider;
      try (Population shoppers = loop.shoppers()) {
        loop.processes().await(() -> loop.servedStep() > 0);
        tuplesBefore = loop.audit("audit-before").path("tuples").asLong();

        String savepoint = flink.stop(jobs.get("RewardJobMain"));
        long served = loop.servedStep();
        Path upgraded = Files.copy(jar, directory.resolve("upgraded.jar"));
        wider =
            flink.run(
                upgraded,
                LAUNCH + "RewardJobMain",
                List.of("-s", savepoint),
                settings,
                CLIENT,
                file(loop, "RewardJobMain"),
                "--attribution.parallelism",
                Integer.toString(WIDER));
        jobs.put("RewardJobMain", wider);

        loop.processes().await(() -> flink.checkpoints(wider) > 5);
        loop.processes().await(() -> loop.servedStep() > served + 4);
        assertThat(shoppers.counts().failedSearches()).isZero();
      }
      assertThat(flink.widest(wider)).isEqualTo(WIDER);
      assertThat(flink.spread(wider)).as("TaskManagers").isEqualTo(2);
      jobs.forEach(
          (main, id) -> {
            assertThat(flink.failures(id)).as(main).isEmpty();
            assertThat(flink.state(id)).as(main).isEqualTo("RUNNING");
          });
      JsonNode audit = loop.audit("audit-after");
      assertThat(audit.path("violations")).isEmpty();
      assertThat(audit.path("tuples").asLong()).isGreaterThan(tuplesBefore);
      assertThat(audit.path("engine").path("priced").asLong()).isPositive();
    }
  }

  private static Path file(ExternalLoop loop, String main) {
    return loop.clientOf(requireNonNull(COMPONENTS.get(main)));
  }

  private static Path jobsJar() throws IOException {
    Path target = Path.of("..", "flink-jobs", "target").toAbsolutePath().normalize();
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-flink.jar"))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "No *-flink.jar in " + target + ". Build it: ./mvnw -Pexternal package"));
    }
  }
}

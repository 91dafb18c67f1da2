package io.searchloop.jobs.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Checkpoints that outlive a cancelled job, and environments that go on from the newest. */
final class RetainedCheckpoints {
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final Path directory;

  RetainedCheckpoints(Path directory) {
    this.directory = directory;
  }

  /** An environment whose job goes on where the last one was. */
  StreamExecutionEnvironment environment() throws IOException {
    Configuration configuration =
        new Configuration()
            .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, INTERVAL)
            .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString())
            .set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION)
            .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 20)
            .set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, INTERVAL);
    newest().ifPresent(path -> configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, path));
    return StreamExecutionEnvironment.createLocalEnvironment(configuration);
  }

  /** Where the newest complete one lies. */
  Optional<String> newest() throws IOException {
    if (!Files.exists(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.endsWith("_metadata"))
          .max(Comparator.comparing(file -> file.toFile().lastModified()))
          .map(file -> file.getParent().toUri().toString());
    }
  }
}

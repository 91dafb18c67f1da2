package io.searchloop.jobs.launch;

import io.searchloop.schemas.config.Setting;
import java.time.Duration;

/**
 * Pace of a job on a cluster; the cluster has everything else. Bound under {@code flink}.
 *
 * @param checkpointInterval pause between checkpoints, unless the cluster or {@code flink run -D}
 *     says {@code execution.checkpointing.interval}; also how long results wait to be visible
 */
public record CheckpointConfig(
    @Setting(value = "PT1S", help = "interval of checkpoints") Duration checkpointInterval) {
  private static final Duration SHORTEST = Duration.ofMillis(50);

  public CheckpointConfig {
    if (checkpointInterval.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "checkpoint-interval is " + checkpointInterval + ", expected at least " + SHORTEST);
    }
  }
}

package io.searchloop.app.launcher;

import io.searchloop.schemas.config.Setting;
import java.time.Duration;

/**
 * Size and pace of the embedded Flink cluster. Bound under {@code flink}.
 *
 * @param port port of REST interface and dashboard; 0 picks a free one
 * @param parallelism default parallelism of the jobs
 * @param slots task slots; all jobs together need {@code parallelism} each
 * @param checkpointInterval pause between checkpoints; also how long results wait to be visible to
 *     read_committed readers
 */
public record FlinkConfig(
    @Setting(value = "8081", help = "port of Flink's dashboard; 0 picks a free one") int port,
    @Setting(value = "2", help = "default parallelism of the jobs") int parallelism,
    @Setting(value = "8", help = "task slots shared by all jobs") int slots,
    @Setting(value = "PT1S", help = "interval of checkpoints") Duration checkpointInterval) {
  private static final Duration SHORTEST = Duration.ofMillis(50);

  public FlinkConfig {
    Ports.check("port", port);
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism is " + parallelism + ", expected 1 or more");
    }
    if (slots < parallelism) {
      throw new IllegalArgumentException(
          "slots is " + slots + ", expected at least the parallelism, " + parallelism);
    }
    if (checkpointInterval.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "checkpoint-interval is " + checkpointInterval + ", expected at least " + SHORTEST);
    }
  }
}

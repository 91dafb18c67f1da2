package io.searchloop.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.junit.jupiter.api.Test;

class ExactlyOnceTest {
  private static final Duration OURS = Duration.ofSeconds(1);
  private static final Duration THEIRS = Duration.ofSeconds(30);

  @Test
  void aClusterKeepsItsPaceAndItsRestarts() {
    Configuration given = new Configuration();
    given.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, THEIRS);
    given.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");

    Configuration job = new Configuration(given);
    job.addAll(ExactlyOnce.every(OURS, given));

    assertThat(job.get(CheckpointingOptions.CHECKPOINTING_INTERVAL)).isEqualTo(THEIRS);
    assertThat(job.get(RestartStrategyOptions.RESTART_STRATEGY)).isEqualTo("fixed-delay");
  }

  @Test
  void noClusterTakesThePromisesAway() {
    Configuration given = new Configuration();
    given.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.AT_LEAST_ONCE);
    given.set(CheckpointingOptions.ENABLE_UNALIGNED, true);

    Configuration job = new Configuration(given);
    job.addAll(ExactlyOnce.every(OURS, given));

    assertThat(job.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE))
        .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
    assertThat(job.get(CheckpointingOptions.ENABLE_UNALIGNED)).isFalse();
    assertThat(job.get(CheckpointingOptions.CHECKPOINTING_INTERVAL)).isEqualTo(OURS);
    assertThat(job.get(RestartStrategyOptions.RESTART_STRATEGY)).isEqualTo("exponential-delay");
  }
}

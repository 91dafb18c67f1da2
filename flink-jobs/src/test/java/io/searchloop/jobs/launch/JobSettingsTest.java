package io.searchloop.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.config.InvalidConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobSettingsTest {
  @TempDir Path folder;

  @Test
  void takesOneFileForAllJobsAndTheClientsOfAll() throws Exception {
    Path clients =
        Files.writeString(
            folder.resolve("client.properties"),
            "security.protocol=SSL\nbasic.auth.user.info=a:b\n");
    Path file =
        Files.writeString(
            folder.resolve("jobs.properties"),
            "kafka.bootstrap-servers=k:1\nkafka.registry-url=http://r\nkafka.client-config="
                + clients
                + "\nattribution.parallelism=1\nassembly.parallelism=3\nhealth.promotion=canary\n");

    JobSettings settings =
        JobSettings.of(
            file.toString(), "--attribution.parallelism", "2", "flink.checkpoint-interval=PT3S");

    assertThat(settings.brokers().addresses()).isEqualTo("k:1");
    assertThat(settings.brokers().client()).containsEntry("security.protocol", "SSL");
    assertThat(settings.serdes().settings()).containsEntry("basic.auth.user.info", "a:b");
    assertThat(settings.attribution().parallelism()).isEqualTo(2);
    assertThat(settings.assembly().parallelism()).isEqualTo(3);
    assertThat(settings.flink().checkpointInterval()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void refusesWhatNoJobKnows() {
    assertThatThrownBy(() -> JobSettings.of("attribution.paralelism=2", "flink.slots=3"))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("Did you mean 'attribution.parallelism'?")
        .hasMessageContaining("flink.slots");
  }
}

package io.searchloop.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.search.engine.Combination;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingConfigTest {
  @Test
  void hasTheDocumentedDefaults() {
    assertThat(ConfigBinder.defaults(ServingConfig.class))
        .isEqualTo(
            new ServingConfig(
                8080,
                "127.0.0.1",
                .05,
                0,
                "searchloop",
                4,
                1,
                Combination.UNION,
                10,
                Duration.ofMillis(500),
                4,
                64,
                1,
                10_000,
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                Duration.ofMinutes(10),
                "searchloop-serving",
                "streams",
                Duration.ofSeconds(10),
                0));
  }

  @Test
  void bindsEveryKey() {
    ConfigBinder binder =
        new ConfigBinder(
            Map.ofEntries(
                Map.entry("serving.port", "0"),
                Map.entry("serving.host", "0.0.0.0"),
                Map.entry("serving.holdout-share", ".1"),
                Map.entry("serving.reference-share", ".2"),
                Map.entry("serving.arm-salt", "pepper"),
                Map.entry("serving.candidates", "8"),
                Map.entry("serving.temperature", ".9"),
                Map.entry("serving.combination", "replace"),
                Map.entry("serving.results", "20"),
                Map.entry("serving.deadline", "PT0.2S"),
                Map.entry("serving.request-threads", "2"),
                Map.entry("serving.max-queued", "3"),
                Map.entry("serving.inference-threads", "4"),
                Map.entry("serving.signal-queue", "5"),
                Map.entry("serving.event-timeout", "PT6S"),
                Map.entry("serving.chunk-timeout", "PT7S"),
                Map.entry("serving.head-window", "PT8S"),
                Map.entry("serving.application-id", "other"),
                Map.entry("serving.group-protocol", "classic"),
                Map.entry("serving.drain", "PT9S"),
                Map.entry("serving.random-seed", "10")));
    ServingConfig config = binder.bind("serving", ServingConfig.class);
    binder.finish();

    assertThat(config)
        .isEqualTo(
            new ServingConfig(
                0,
                "0.0.0.0",
                .1,
                .2,
                "pepper",
                8,
                .9,
                Combination.REPLACE,
                20,
                Duration.ofMillis(200),
                2,
                3,
                4,
                5,
                Duration.ofSeconds(6),
                Duration.ofSeconds(7),
                Duration.ofSeconds(8),
                "other",
                "classic",
                Duration.ofSeconds(9),
                10));
  }

  @Test
  void refusesSharesBeyondEveryoneAndUnknownKeys() {
    ConfigBinder binder =
        new ConfigBinder(
            Map.of(
                "serving.holdout-share", ".9",
                "serving.reference-share", ".9",
                "serving.candidate", "4"));
    binder.bind("serving", ServingConfig.class);

    assertThatThrownBy(binder::finish)
        .hasMessageContaining("together at most 1")
        .hasMessageContaining("Did you mean 'serving.candidates'?");
  }

  @Test
  void laterArgumentsWinOverFiles(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("worker.properties"), "serving.port=1\nkafka.registry-url=http://r\n");

    assertThat(ServingMain.settings(file.toString(), "serving.port=2"))
        .containsExactly(
            Map.entry("kafka.registry-url", "http://r"), Map.entry("serving.port", "2"));
  }
}

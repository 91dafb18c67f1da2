package io.searchloop.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.config.ConfigBinder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LauncherConfigTest {
  @Test
  void defaultsAreTheWellKnownPorts() {
    assertThat(ConfigBinder.defaults(BrokerConfig.class)).isEqualTo(new BrokerConfig(9092, 9093));
    assertThat(ConfigBinder.defaults(RegistryConfig.class)).isEqualTo(new RegistryConfig(8082));
    assertThat(ConfigBinder.defaults(FlinkConfig.class))
        .isEqualTo(new FlinkConfig(8081, 2, 8, Duration.ofSeconds(1)));
  }

  @Test
  void everyKeyIsMapped() {
    ConfigBinder binder =
        new ConfigBinder(
            Map.of(
                "broker.port", "1",
                "broker.controller-port", "2",
                "registry.port", "3",
                "flink.port", "4",
                "flink.parallelism", "5",
                "flink.slots", "6",
                "flink.checkpoint-interval", "PT7S"));

    assertThat(binder.bind("broker", BrokerConfig.class)).isEqualTo(new BrokerConfig(1, 2));
    assertThat(binder.bind("registry", RegistryConfig.class)).isEqualTo(new RegistryConfig(3));
    assertThat(binder.bind("flink", FlinkConfig.class))
        .isEqualTo(new FlinkConfig(4, 5, 6, Duration.ofSeconds(7)));
    binder.finish();
  }

  @Test
  void refusesValuesThatCannotWork() {
    Duration second = Duration.ofSeconds(1);

    assertThatThrownBy(() -> new BrokerConfig(9092, 9092))
        .hasMessage("port and controller-port are both 9092, expected two different ports");
    assertThatThrownBy(() -> new RegistryConfig(70_000)).hasMessageContaining("port is 70000");
    assertThatThrownBy(() -> new FlinkConfig(0, 0, 8, second))
        .hasMessageContaining("parallelism is 0");
    assertThatThrownBy(() -> new FlinkConfig(0, 4, 2, second)).hasMessageContaining("slots is 2");
    assertThatThrownBy(() -> new FlinkConfig(0, 2, 8, Duration.ZERO))
        .hasMessageContaining("checkpoint-interval is PT0S");
  }
}

package io.searchloop.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.launcher.FlinkConfig.StateBackend;
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
        .isEqualTo(new FlinkConfig(8081, 2, 8, Duration.ofSeconds(1), StateBackend.HASHMAP, 256));
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
                "flink.checkpoint-interval", "PT7S",
                "flink.state-backend", "rocksdb",
                "flink.rocksdb-memory-mb", "64"));

    assertThat(binder.bind("broker", BrokerConfig.class)).isEqualTo(new BrokerConfig(1, 2));
    assertThat(binder.bind("registry", RegistryConfig.class)).isEqualTo(new RegistryConfig(3));
    assertThat(binder.bind("flink", FlinkConfig.class))
        .isEqualTo(new FlinkConfig(4, 5, 6, Duration.ofSeconds(7), StateBackend.ROCKSDB, 64));
    binder.finish();
  }

  @Test
  void refusesValuesThatCannotWork() {
    Duration second = Duration.ofSeconds(1);

    assertThatThrownBy(() -> new BrokerConfig(9092, 9092))
        .hasMessage("port and controller-port are both 9092, expected two different ports");
    assertThatThrownBy(() -> new RegistryConfig(70_000)).hasMessageContaining("port is 70000");
    assertThatThrownBy(() -> flink(0, 8, second, 64)).hasMessageContaining("parallelism is 0");
    assertThatThrownBy(() -> flink(4, 2, second, 64)).hasMessageContaining("slots is 2");
    assertThatThrownBy(() -> flink(2, 8, Duration.ZERO, 64))
        .hasMessageContaining("checkpoint-interval is PT0S");
    assertThatThrownBy(() -> flink(2, 8, second, 8)).hasMessageContaining("rocksdb-memory-mb is 8");
  }

  private static FlinkConfig flink(int parallelism, int slots, Duration interval, int memoryMb) {
    return new FlinkConfig(0, parallelism, slots, interval, StateBackend.ROCKSDB, memoryMb);
  }
}

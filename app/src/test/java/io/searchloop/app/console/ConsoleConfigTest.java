package io.searchloop.app.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.app.console.ConsoleConfig.Control;
import io.searchloop.schemas.config.ConfigBinder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleConfigTest {
  private static final Duration QUARTER = Duration.ofMinutes(15);

  @Test
  void listensOnThisMachineByDefault() {
    ConsoleConfig config = ConfigBinder.defaults(ConsoleConfig.class);

    assertThat(config)
        .isEqualTo(new ConsoleConfig("127.0.0.1", 8083, Control.LOCAL, "", QUARTER, ""));
    assertThat(config.takesActions()).isTrue();
  }

  @Test
  void everyKeyIsMapped() {
    ConfigBinder binder =
        new ConfigBinder(
            Map.of(
                "console.host", "0.0.0.0",
                "console.port", "1",
                "console.control", "never",
                "console.names", "a.example, b.example",
                "console.history", "PT1H",
                "console.users", "keys/users"));

    ConsoleConfig config = binder.bind("console", ConsoleConfig.class);
    assertThat(config)
        .isEqualTo(
            new ConsoleConfig(
                "0.0.0.0",
                1,
                Control.NEVER,
                "a.example, b.example",
                Duration.ofHours(1),
                "keys/users"));
    assertThat(config.nameList()).containsExactly("a.example", "b.example");
    binder.finish();
  }

  @Test
  void listensForOthersOnlyWhenItCanTellThemApart() {
    for (String host : List.of("0.0.0.0", "::", "10.0.0.4", "127.evil.example")) {
      assertThatThrownBy(() -> config(host, Control.NEVER))
          .hasMessageContaining("host is " + host + " and users is not set")
          .hasMessageContaining("./searchloop users add");
      assertThat(new ConsoleConfig(host, 1, Control.LOCAL, "", QUARTER, "keys/users"))
          .matches(ConsoleConfig::takesActions);
    }
    assertThat(config("localhost", Control.LOCAL).takesActions()).isTrue();
    assertThat(config("127.0.0.1", Control.NEVER).takesActions()).isFalse();
  }

  @Test
  void refusesValuesThatCannotWork() {
    assertThatThrownBy(() -> config(" ", Control.LOCAL)).hasMessageContaining("host is blank");
    assertThatThrownBy(() -> new ConsoleConfig("::1", 70_000, Control.LOCAL, "", QUARTER, ""))
        .hasMessageContaining("port is 70000");
    assertThatThrownBy(() -> new ConsoleConfig("::1", 1, Control.LOCAL, "", Duration.ZERO, ""))
        .hasMessageContaining("history is PT0S");
  }

  private static ConsoleConfig config(String host, Control control) {
    return new ConsoleConfig(host, 1, control, "", QUARTER, "");
  }
}

package io.searchloop.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void tellsSettingsFromFlagsByTheDotInTheirName() {
    Settings settings =
        Settings.of(
            new String[] {
              "demo",
              "--minutes",
              "0.5",
              "--trainer.learning-rate",
              "0",
              "--report=r.json",
              "--a.b=c"
            });

    assertThat(settings.flags()).containsExactly("demo", "--minutes", "0.5", "--report=r.json");
    assertThat(settings.values()).isEqualTo(Map.of("trainer.learning-rate", "0", "a.b", "c"));
  }

  @Test
  void namesASettingWithoutValue() {
    assertThatThrownBy(() -> Settings.of(new String[] {"demo", "--serving.port"}))
        .hasMessage("Setting --serving.port has no value. Write --serving.port VALUE.");
  }
}

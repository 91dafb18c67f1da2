package io.searchloop.schemas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigBinderTest {
  enum Mode {
    FAST,
    VERY_SAFE
  }

  record Oven(
      @Setting("180") int degrees,
      @Setting("PT10M") Duration bakeFor,
      @Setting("fast") Mode mode,
      @Setting("true") boolean lightOn,
      @Setting("0.5") double humidity) {
    Oven {
      if (degrees > 300) {
        throw new IllegalArgumentException("degrees " + degrees + ", expected at most 300");
      }
    }
  }

  @Test
  void usesDefaults() {
    assertThat(ConfigBinder.defaults(Oven.class))
        .isEqualTo(new Oven(180, Duration.ofMinutes(10), Mode.FAST, true, .5));
  }

  @Test
  void bindsEveryKey() {
    ConfigBinder binder =
        new ConfigBinder(
            Map.of(
                "oven.degrees", "200",
                "oven.bake-for", "PT1S",
                "oven.mode", "very-safe",
                "oven.light-on", "false",
                "oven.humidity", "1e-3"));

    Oven oven = binder.bind("oven", Oven.class);
    binder.finish();

    assertThat(oven).isEqualTo(new Oven(200, Duration.ofSeconds(1), Mode.VERY_SAFE, false, .001));
  }

  @Test
  void reportsEveryProblemAtOnceWithSuggestions() {
    ConfigBinder binder =
        new ConfigBinder(
            Map.of(
                "oven.degreez", "1", "oven.bake-for", "soon", "oven.mode", "slow", "tv.on", "1"));
    binder.bind("oven", Oven.class);

    assertThatThrownBy(binder::finish)
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContaining("'oven.degreez'. Did you mean 'oven.degrees'?")
        .hasMessageContaining("oven.bake-for: found 'soon', expected an ISO-8601 duration")
        .hasMessageContaining("oven.mode: found 'slow', expected one of [fast, very-safe]")
        .hasMessageContaining("'tv.on'. Known sections: oven.");
  }

  @Test
  void refusesDurationsThatNobodyCanCountInNanoseconds() {
    for (String duration : new String[] {"P106752D", "-PT9223372036854775807S"}) {
      ConfigBinder binder = new ConfigBinder(Map.of("oven.bake-for", duration));
      binder.bind("oven", Oven.class);

      assertThatThrownBy(binder::finish)
          .hasMessageContaining("oven.bake-for: found '" + duration)
          .hasMessageContaining("at most a hundred years");
    }
  }

  @Test
  void reportsWhatTheRecordRefuses() {
    ConfigBinder binder = new ConfigBinder(Map.of("oven.degrees", "400"));
    binder.bind("oven", Oven.class);

    assertThatThrownBy(binder::finish)
        .hasMessageContaining("oven: degrees 400, expected at most 300");
  }
}

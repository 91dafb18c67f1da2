package io.searchloop.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.jobs.assembly.AssemblyConfig;
import io.searchloop.jobs.attribution.AttributionConfig;
import io.searchloop.jobs.health.HealthConfig;
import io.searchloop.learning.advantage.AdvantageEstimator;
import io.searchloop.learning.preference.PairLevels;
import io.searchloop.schemas.config.ConfigBinder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
  @Test
  void statesItsDefaults() {
    assertThat(ConfigBinder.defaults(AttributionConfig.class))
        .isEqualTo(
            new AttributionConfig(
                2, Duration.ofSeconds(5), Duration.ofMinutes(5), Duration.ofMillis(200), 25_000));
    assertThat(ConfigBinder.defaults(HealthConfig.class))
        .isEqualTo(new HealthConfig(HealthConfig.Promotion.DIRECT, Duration.ofMillis(50)));
    assertThat(ConfigBinder.defaults(AssemblyConfig.class))
        .isEqualTo(
            new AssemblyConfig(
                2,
                4,
                Duration.ofMinutes(10),
                4,
                AdvantageEstimator.CENTRED,
                16,
                4,
                Duration.ofSeconds(10),
                Duration.ofDays(1),
                8,
                .8,
                .2,
                16,
                PairLevels.ADJACENT,
                false,
                .2,
                Duration.ofMinutes(1),
                Duration.ofSeconds(5)));
  }

  @Test
  void readsEveryKey() {
    Map<String, String> values = new HashMap<>();
    values.put("attribution.parallelism", "3");
    values.put("attribution.idle-timeout", "PT1S");
    values.put("attribution.max-lead", "PT1M");
    values.put("attribution.tick", "PT0.05S");
    values.put("health.promotion", "manual");
    values.put("health.settle-time", "PT2S");
    values.put("assembly.parallelism", "5");
    values.put("assembly.group-size", "6");
    values.put("assembly.group-timeout", "PT7S");
    values.put("assembly.advantage", "leave-one-out");
    values.put("assembly.groups-per-minibatch", "8");
    values.put("assembly.flush-interval", "PT9S");
    values.put("assembly.max-age", "PT10S");
    values.put("assembly.pair-min-impressions", "11");
    values.put("assembly.pair-min-probability", "0.9");
    values.put("assembly.pair-min-margin", "0.3");
    values.put("assembly.out-of-orderness", "PT12S");
    values.put("assembly.idle-timeout", "PT13S");
    values.put("assembly.slate-impressions", "14");
    values.put("assembly.groups-per-query", "15");
    values.put("assembly.pair-interval", "17");
    values.put("assembly.pair-levels", "all");
    values.put("assembly.orders", "true");
    values.put("assembly.purchase-flip-probability", "0.1");
    ConfigBinder binder = new ConfigBinder(values);

    assertThat(binder.bind("attribution", AttributionConfig.class))
        .isEqualTo(
            new AttributionConfig(
                3, Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofMillis(50), 25_000));
    assertThat(binder.bind("health", HealthConfig.class))
        .isEqualTo(new HealthConfig(HealthConfig.Promotion.MANUAL, Duration.ofSeconds(2)));
    assertThat(binder.bind("assembly", AssemblyConfig.class))
        .isEqualTo(
            new AssemblyConfig(
                5,
                6,
                Duration.ofSeconds(7),
                14,
                AdvantageEstimator.LEAVE_ONE_OUT,
                8,
                15,
                Duration.ofSeconds(9),
                Duration.ofSeconds(10),
                11,
                .9,
                .3,
                17,
                PairLevels.ALL,
                true,
                .1,
                Duration.ofSeconds(12),
                Duration.ofSeconds(13)));
    binder.finish();
  }

  @Test
  void refusesValuesThatCannotWork() {
    ConfigBinder binder =
        new ConfigBinder(
            Map.of(
                "attribution.parallelism", "0",
                "assembly.group-size", "1",
                "health.settle-time", "-PT1S"));
    binder.bind("attribution", AttributionConfig.class);
    binder.bind("assembly", AssemblyConfig.class);
    binder.bind("health", HealthConfig.class);

    assertThatThrownBy(binder::finish)
        .hasMessageContaining("parallelism is 0, expected at least 1")
        .hasMessageContaining("group-size is 1, expected at least 2")
        .hasMessageContaining("settle-time is PT-1S");
  }
}

package io.searchloop.jobs.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.learning.experiment.Metric;
import io.searchloop.learning.experiment.TrialRules;
import io.searchloop.schemas.config.ConfigBinder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrialConfigTest {
  @Test
  void statesItsDefaults() {
    TrialConfig defaults = ConfigBinder.defaults(TrialConfig.class);

    assertThat(defaults)
        .isEqualTo(
            new TrialConfig(
                Duration.ofMinutes(30),
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Duration.ofDays(14),
                200,
                200,
                30,
                Duration.ofSeconds(1),
                .05,
                .05,
                .5));
    assertThat(defaults.rules().alarmBudget()).isEqualTo(TrialRules.DEFAULT.alarmBudget());
  }

  @Test
  void bindsEveryKey() {
    ConfigBinder binder =
        new ConfigBinder(
            Map.ofEntries(
                Map.entry("trial.visitor-window", "PT1S"),
                Map.entry("trial.impression-wait", "PT2S"),
                Map.entry("trial.out-of-orderness", "PT3S"),
                Map.entry("trial.idle-timeout", "PT4S"),
                Map.entry("trial.visitor-memory", "PT5S"),
                Map.entry("trial.min-visitors", "6"),
                Map.entry("trial.stratum-visitors", "7"),
                Map.entry("trial.reward-cap", "8"),
                Map.entry("trial.latency-cap", "PT9S"),
                Map.entry("trial.margin", ".1"),
                Map.entry("trial.latency-tolerance", ".11"),
                Map.entry("trial.length-tolerance", ".12")));
    TrialConfig config = binder.bind("trial", TrialConfig.class);
    binder.finish();

    assertThat(config)
        .isEqualTo(
            new TrialConfig(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(3),
                Duration.ofSeconds(4),
                Duration.ofSeconds(5),
                6,
                7,
                8,
                Duration.ofSeconds(9),
                .1,
                .11,
                .12));
    TrialRules rules = config.rules();
    assertThat(rules.latencyCapMs()).isEqualTo(9_000);
    assertThat(rules.allowances().get(Metric.LATENCY).tolerance()).isEqualTo(.11);
    assertThat(rules.allowances().get(Metric.REWRITE_LENGTH).tolerance()).isEqualTo(.12);
  }

  @Test
  void refusesAMemoryShorterThanTheWindow() {
    assertThatThrownBy(
            () -> {
              ConfigBinder binder =
                  new ConfigBinder(Map.of("trial.visitor-memory", "PT1M", "trial.margin", "0"));
              binder.bind("trial", TrialConfig.class);
              binder.finish();
            })
        .hasMessageContaining("visitor-memory");
  }
}

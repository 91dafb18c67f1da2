package io.searchloop.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.searchloop.learning.reward.engine.EngineReward;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.search.engine.Combination;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineConfigurationTest {
  private static final EngineReward REWARD = new EngineReward(10, .2, .1, 10, 2, false);

  @Test
  void statesItsDefaults() {
    assertThat(ConfigBinder.defaults(EngineRewardConfig.class))
        .isEqualTo(
            new EngineRewardConfig(
                1, Duration.ofHours(1), Combination.UNION, 10, 100, .2, .1, 10, 2, false));
    assertThat(ConfigBinder.defaults(EngineCallConfig.class))
        .isEqualTo(
            new EngineCallConfig(
                64,
                2,
                Duration.ofSeconds(2),
                6,
                Duration.ofMillis(500),
                Duration.ofSeconds(8),
                20,
                .5,
                Duration.ofSeconds(5)));
  }

  @Test
  void readsEveryKey() {
    Map<String, String> values = new HashMap<>();
    values.put("r.parallelism", "3");
    values.put("r.remember", "PT2H");
    values.put("r.combination", "replace");
    values.put("r.top-k", "5");
    values.put("r.depth", "50");
    values.put("r.relevant", "0.3");
    values.put("r.relevance-floor", "0.4");
    values.put("r.size-floor", "7");
    values.put("r.diversity-cap", "1.5");
    values.put("r.normalised", "true");
    values.put("c.capacity", "8");
    values.put("c.threads", "4");
    values.put("c.timeout", "PT1S");
    values.put("c.attempts", "3");
    values.put("c.backoff", "PT0.2S");
    values.put("c.max-backoff", "PT2S");
    values.put("c.breaker-calls", "9");
    values.put("c.breaker-failure-rate", "0.25");
    values.put("c.breaker-open", "PT4S");
    ConfigBinder binder = new ConfigBinder(values);

    EngineRewardConfig reward = binder.bind("r", EngineRewardConfig.class);
    EngineCallConfig calls = binder.bind("c", EngineCallConfig.class);

    binder.finish();
    assertThat(reward)
        .isEqualTo(
            new EngineRewardConfig(
                3, Duration.ofHours(2), Combination.REPLACE, 5, 50, .3, .4, 7, 1.5, true));
    assertThat(calls)
        .isEqualTo(
            new EngineCallConfig(
                8,
                4,
                Duration.ofSeconds(1),
                3,
                Duration.ofMillis(200),
                Duration.ofSeconds(2),
                9,
                .25,
                Duration.ofSeconds(4)));
  }

  @ParameterizedTest
  @CsvSource({
    "r.parallelism,0,parallelism is 0",
    "r.remember,PT0S,remember is PT0S",
    "r.depth,9,depth is 9",
    "r.relevant,1.1,relevant is 1.1",
    "c.capacity,0,capacity is 0",
    "c.timeout,PT0S,timeout is PT0S",
    "c.max-backoff,PT0.1S,max-backoff is PT0.1S",
    "c.breaker-failure-rate,0,breaker-failure-rate is 0.0"
  })
  void refusesWhatCannotWork(String key, String value, String problem) {
    ConfigBinder binder = new ConfigBinder(Map.of(key, value));
    binder.bind("r", EngineRewardConfig.class);
    binder.bind("c", EngineCallConfig.class);

    assertThatIllegalArgumentException().isThrownBy(binder::finish).withMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource({"0,first", "9,first", "10,first", "19,first", "20,second", "99,second"})
  void findsTheConfigurationInForce(long time, String name) {
    EnginePrices prices =
        new EnginePrices(List.of(config("second", 20), config("first", 10)), REWARD);

    assertThat(prices.at(Instant.ofEpochMilli(time)).config().getName()).isEqualTo(name);
  }

  @Test
  void refusesTwoConfigurationsFromOneInstantAndNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EnginePrices(List.of(config("one", 10), config("other", 10)), REWARD))
        .withMessageContaining("Two reward configurations take effect at");
    assertThatIllegalArgumentException().isThrownBy(() -> new EnginePrices(List.of(), REWARD));
  }

  private static RewardConfig config(String name, long from) {
    return RewardConfig.newBuilder()
        .setName(name)
        .setEffectiveFrom(Instant.ofEpochMilli(from))
        .build();
  }
}

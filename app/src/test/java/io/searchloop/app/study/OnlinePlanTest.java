package io.searchloop.app.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnlinePlanTest {
  private static final Map<String, String> ENGINE_ONLY = Map.of("serving.engine-only-share", "0.2");

  @Test
  void refusesWithdrawalsWhileTheEngineRewardJobKeepsItsFirstCatalogue() {
    assertThatThrownBy(() -> plan(OnlineScenario.WITHDRAWN, ENGINE_ONLY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("withdrawn with serving.engine-only-share 0.2, expected 0");
  }

  @Test
  void letsEitherOfThemBe() {
    assertThat(plan(OnlineScenario.LEARNING, ENGINE_ONLY).given()).isEqualTo(ENGINE_ONLY);
    assertThat(plan(OnlineScenario.WITHDRAWN, Map.of()).scenarios()).hasSize(1);
  }

  private static OnlinePlan plan(OnlineScenario scenario, Map<String, String> given) {
    return new OnlinePlan(List.of(1L), List.of(scenario), Duration.ofMinutes(1), given);
  }
}

package io.searchloop.learning.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.event.EventRules;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ActionTest {
  @Test
  void everyActionThatADoorLetsInIsKnownInTheSameOrder() {
    assertThat(Arrays.stream(Action.values()).map(Action::wireName))
        .startsWith(EventRules.ACTIONS.toArray(String[]::new))
        .hasSize(EventRules.ACTIONS.size() + 1)
        .endsWith(EventRules.ERASE);
  }
}

package io.searchloop.learning.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.SearchEvent;
import org.junit.jupiter.api.Test;

class EventIdentityTest {
  private static final SearchEvent NAMELESS =
      SearchEvent.newBuilder().setActionName("click").setObjectId("p1").build();

  @Test
  void takesTheEventIdWhenThereIsOne() {
    assertThat(EventIdentity.of(SearchEvent.newBuilder(NAMELESS).setEventId("e1").build()))
        .isEqualTo("e1");
  }

  @Test
  void givesEqualContentOneIdentity() {
    assertThat(EventIdentity.of(NAMELESS))
        .hasSize(64)
        .isEqualTo(EventIdentity.of(SearchEvent.newBuilder(NAMELESS).build()));
  }

  @Test
  void tellsDifferentContentApart() {
    assertThat(EventIdentity.of(NAMELESS))
        .isNotEqualTo(EventIdentity.of(SearchEvent.newBuilder(NAMELESS).setObjectId("p2").build()));
  }

  @Test
  void ordersActionsOfOneInstantByCause() {
    assertThat(Action.values())
        .extracting(Action::wireName)
        .containsExactly(
            "query",
            "impression",
            "click",
            "add_to_cart",
            "remove_from_cart",
            "purchase",
            "refund",
            "erase");
    assertThat(Action.of("hover")).isEmpty();
  }
}

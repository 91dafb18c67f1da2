package io.searchloop.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.SearchEvent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventTimeOrderTest {
  private static final Instant NOON = Instant.parse("2011-08-11T12:00:00Z");

  private final RecordingOutlet outlet = new RecordingOutlet();
  private final EventTimeOrder order = new EventTimeOrder(outlet, Duration.ofMinutes(5));

  @Test
  void holdsBackWhatALaterLineMayPrecede() {
    order.accept(event("first", 0));
    order.accept(event("third", 60));
    order.advance(NOON.plusSeconds(5 * 60));
    assertThat(outlet.events).isEmpty();

    order.accept(event("second", 30));
    order.advance(NOON.plusSeconds(5 * 60 + 31));
    assertThat(outlet.events)
        .extracting(SearchEvent::getEventId)
        .containsExactly("first", "second");

    order.finish();
    assertThat(outlet.events)
        .extracting(SearchEvent::getEventId)
        .containsExactly("first", "second", "third");
  }

  @Test
  void keepsTheOrderOfOneInstant() {
    for (int i = 0; i < 20; i++) {
      order.accept(event("e" + i, 7));
    }
    order.finish();
    assertThat(outlet.events)
        .extracting(SearchEvent::getEventId)
        .containsExactlyElementsOf(
            java.util.stream.IntStream.range(0, 20).mapToObj(i -> "e" + i).toList());
  }

  private static SearchEvent event(String id, long seconds) {
    return SearchEvent.newBuilder().setEventId(id).setTimestamp(NOON.plusSeconds(seconds)).build();
  }
}

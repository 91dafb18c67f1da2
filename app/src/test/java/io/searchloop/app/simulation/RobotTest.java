package io.searchloop.app.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.schemas.SearchEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RobotTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void clicksAndCartsEverythingFasterThanAnybodyReadsAndBuysNothing() {
    List<String> page = List.of("good", "bad", "other");
    List<SearchEvent> events =
        new Robot("v1", new SplittableRandom(1))
            .search(
                new JudgedQuery("q1", "sofa", 1, Map.of("good", 3.0)),
                new FakeStorefront(text -> page),
                InstantSource.fixed(NOON));

    assertThat(clicked(events, "click")).isEqualTo(page);
    assertThat(clicked(events, "add_to_cart")).isEqualTo(page);
    assertThat(events).extracting(SearchEvent::getActionName).doesNotContain("purchase");
    assertThat(events).extracting(SearchEvent::getEventId).doesNotHaveDuplicates();
    assertThat(events).extracting(SearchEvent::getTimestamp).isSorted();
    assertThat(events.get(events.size() - 1).getTimestamp()).isBefore(NOON.plusSeconds(1));
  }

  private static List<String> clicked(List<SearchEvent> events, String action) {
    return events.stream()
        .filter(event -> event.getActionName().equals(action))
        .map(SearchEvent::getObjectId)
        .toList();
  }
}

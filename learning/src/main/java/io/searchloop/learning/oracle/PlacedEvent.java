package io.searchloop.learning.oracle;

import io.searchloop.learning.event.Action;
import io.searchloop.learning.event.EventIdentity;
import io.searchloop.schemas.SearchEvent;
import java.util.Comparator;

/**
 * An event with what decides its place in a visitor's history.
 *
 * @param time event time, epoch milliseconds
 * @param action what it means
 * @param identity tells it from other events
 * @param position where it lies
 * @param event the event
 */
record PlacedEvent(
    long time, Action action, String identity, SourcePosition position, SearchEvent event) {
  /** Causes before effects; never arrival. */
  static final Comparator<PlacedEvent> CAUSAL_ORDER =
      Comparator.comparingLong(PlacedEvent::time)
          .thenComparing(PlacedEvent::action)
          .thenComparing(PlacedEvent::identity)
          .thenComparing(PlacedEvent::position, SourcePosition.ORDER);

  static PlacedEvent of(Located<SearchEvent> located) {
    SearchEvent event = located.record();
    return new PlacedEvent(
        event.getTimestamp().toEpochMilli(),
        Action.of(event.getActionName()).orElseThrow(() -> unknownAction(event)),
        EventIdentity.of(event),
        located.position(),
        event);
  }

  String product() {
    return event.getObjectId();
  }

  OrderLine orderLine() {
    return new OrderLine(event.getOrderId(), event.getOrderLine());
  }

  private static IllegalArgumentException unknownAction(SearchEvent event) {
    return new IllegalArgumentException(
        "Event %s has unknown action %s and is not among the dead letters. Pass every dead letter of the job."
            .formatted(event.getEventId(), event.getActionName()));
  }
}

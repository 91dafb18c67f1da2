package io.searchloop.learning.oracle;

import io.searchloop.learning.event.Action;
import io.searchloop.schemas.SearchEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event that may change what a search earned.
 *
 * @param placed the event
 * @param line the line bought or returned; null for clicks and carts
 */
record Outcome(PlacedEvent placed, @Nullable PaidLine line) {
  long time() {
    return placed.time();
  }

  Action action() {
    return placed.action();
  }

  SearchEvent event() {
    return placed.event();
  }

  String product() {
    return placed.product();
  }

  /** The line of a purchase or refund. */
  PaidLine paidLine() {
    if (line == null) {
      throw new IllegalStateException("Outcome " + action() + " has no order line");
    }
    return line;
  }
}

package io.searchloop.app.replay;

import io.searchloop.app.dataset.LoggedClick;
import io.searchloop.app.dataset.PastEvents;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tells by its first line which kind of log a directory holds. */
final class PastShops {
  private PastShops() {}

  static PastShop of(PastEvents log) {
    AtomicReference<@Nullable String> first = new AtomicReference<>();
    log.forEach(1, line -> first.set(line.path("type").asText("")));
    String type = Optional.ofNullable(first.get()).orElse("");
    return switch (type) {
      case LoggedClick.TYPE -> new SearchClickLog();
      case OrderLine.PURCHASE, OrderLine.CANCELLATION, "adjustment" -> new OrderLog();
      default ->
          throw new IllegalArgumentException(
              "events.jsonl.gz of "
                  + log.name()
                  + " begins with an event of type '"
                  + type
                  + "', expected a log of search_click or of purchase lines. See"
                  + " ./searchloop replay --help.");
    };
  }
}

package io.searchloop.learning.oracle;

import io.searchloop.learning.event.Action;
import io.searchloop.schemas.RewardConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells a machine from a shopper by one visitor's distinct events: too many in a minute, clicks too
 * close together, or a whole page clicked. Counts go on while a rule is off, since a configuration
 * may switch it on in the middle of a minute, a run or a search.
 */
final class TrustRules {
  private static final long MINUTE_MS = 60_000;

  private final Map<SearchInterval, List<String>> clickedProducts = new HashMap<>();
  private long minute = Long.MIN_VALUE;
  private int eventsInMinute;
  private long lastClick;
  private int clicksInRun;

  /**
   * Counts an event and judges it.
   *
   * @param search the search it belongs to, if any
   * @param config in force at the event
   */
  boolean condemns(PlacedEvent event, Optional<SearchInterval> search, RewardConfig config) {
    boolean tooMany = reached(countInMinute(event), config.getMaxEventsPerMinute(), 1);
    if (event.action() != Action.CLICK) {
      return tooMany;
    }
    boolean tooFast =
        reached(countInRun(event, config.getMinDwellMs()), config.getDwellClicks(), 0);
    boolean tooBroad =
        search.isPresent() && reached(place(event, search.get()), config.getClickAllProducts(), 0);
    return tooMany || tooFast || tooBroad;
  }

  /** After a verdict all counts begin anew. */
  void forget() {
    clickedProducts.clear();
    minute = Long.MIN_VALUE;
    eventsInMinute = 0;
    clicksInRun = 0;
  }

  private static boolean reached(int count, int limit, int tolerated) {
    return limit > 0 && count >= limit + tolerated;
  }

  private int countInMinute(PlacedEvent event) {
    long current = Math.floorDiv(event.time(), MINUTE_MS);
    eventsInMinute = current == minute ? eventsInMinute + 1 : 1;
    minute = current;
    return eventsInMinute;
  }

  private int countInRun(PlacedEvent click, long minDwellMs) {
    boolean continues = clicksInRun > 0 && click.time() - lastClick < minDwellMs;
    clicksInRun = continues ? clicksInRun + 1 : 1;
    lastClick = click.time();
    return clicksInRun;
  }

  /** Place of the product, from one, among those clicked in the search, in order of first click. */
  private int place(PlacedEvent click, SearchInterval search) {
    List<String> products = clickedProducts.computeIfAbsent(search, s -> new ArrayList<>());
    int index = products.indexOf(click.product());
    if (index < 0) {
      products.add(click.product());
      return products.size();
    }
    return index + 1;
  }
}

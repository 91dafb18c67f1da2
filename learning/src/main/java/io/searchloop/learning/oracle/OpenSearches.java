package io.searchloop.learning.oracle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the search an event belongs to: by its query id, by the product it touched, by the order
 * line it was paid for. Asked in causal order, so what is found closed once never opens again.
 */
final class OpenSearches {
  private final Map<String, SearchInterval> byQueryId = new HashMap<>();
  private final Map<String, Deque<SearchInterval>> touches = new HashMap<>();
  private final Map<OrderLine, PaidLine> lines = new HashMap<>();
  private final List<SearchInterval> unsentenced = new ArrayList<>();

  void add(SearchInterval search) {
    byQueryId.put(search.queryId(), search);
    unsentenced.add(search);
  }

  /** Lays an event to a search, or to none. */
  Optional<SearchInterval> searchOf(PlacedEvent event) {
    String queryId = event.event().getQueryId();
    return switch (event.action()) {
      case QUERY, IMPRESSION -> named(queryId, event.time());
      case CLICK -> named(queryId, event.time()).filter(SearchInterval::shown);
      case ADD_TO_CART, REMOVE_FROM_CART, PURCHASE ->
          queryId.isEmpty()
              ? lastTouched(event)
              : named(queryId, event.time()).filter(SearchInterval::shown);
      case REFUND -> paidLine(event).map(PaidLine::search);
      case ERASE -> Optional.empty();
    };
  }

  /** The open search of a query id. */
  Optional<SearchInterval> named(String queryId, long time) {
    return Optional.ofNullable(byQueryId.get(queryId)).filter(search -> search.open(time));
  }

  /** The line an event names, if a search still open was paid for it. */
  Optional<PaidLine> paidLine(PlacedEvent event) {
    return Optional.ofNullable(lines.get(event.orderLine()))
        .filter(line -> line.search().open(event.time()));
  }

  void touch(PlacedEvent event, SearchInterval search) {
    touches.computeIfAbsent(event.product(), p -> new ArrayDeque<>()).addLast(search);
  }

  void pay(PlacedEvent purchase, PaidLine line) {
    lines.put(purchase.orderLine(), line);
  }

  /** Ends every search that is open at a verdict. */
  void end(long verdict) {
    unsentenced.stream().filter(search -> search.open(verdict)).forEach(s -> s.end(verdict));
    unsentenced.clear();
  }

  /** Forgets every search that is open at an erasure; the last thing to be done here. */
  void erase(long time) {
    unsentenced.stream().filter(search -> search.open(time)).forEach(s -> s.erase(time));
  }

  private Optional<SearchInterval> lastTouched(PlacedEvent event) {
    Deque<SearchInterval> searches = touches.getOrDefault(event.product(), new ArrayDeque<>());
    while (!searches.isEmpty() && !searches.getLast().open(event.time())) {
      searches.removeLast();
    }
    return Optional.ofNullable(searches.peekLast());
  }
}

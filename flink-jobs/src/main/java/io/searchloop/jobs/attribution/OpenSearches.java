package io.searchloop.jobs.attribution;

import io.searchloop.learning.event.Action;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.state.OrderLineState;
import io.searchloop.schemas.state.ProductState;
import io.searchloop.schemas.state.SearchState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The open searches of one visitor, and the rules that lay an event to one of them. */
final class OpenSearches {
  /** An order line and the search that was paid for it. */
  record PaidLine(SearchState search, OrderLineState line) {}

  private final Map<String, SearchState> byQueryId = new LinkedHashMap<>();

  OpenSearches(Collection<SearchState> searches) {
    searches.forEach(this::add);
  }

  void add(SearchState search) {
    byQueryId.put(search.getQueryId(), search);
  }

  boolean knows(String queryId) {
    return byQueryId.containsKey(queryId);
  }

  Collection<SearchState> all() {
    return byQueryId.values();
  }

  List<SearchState> toList() {
    return new ArrayList<>(byQueryId.values());
  }

  /** The search an event belongs to; empty for a dangling one. */
  Optional<SearchState> resolve(Action action, SearchEvent event) {
    return switch (action) {
      case QUERY, IMPRESSION -> named(event);
      case CLICK -> named(event).filter(OpenSearches::shown);
      case ADD_TO_CART, REMOVE_FROM_CART, PURCHASE ->
          event.getQueryId().isEmpty()
              ? lastTouched(event.getObjectId())
              : named(event).filter(OpenSearches::shown);
      case REFUND -> paidFor(event).map(PaidLine::search);
    };
  }

  /** The line of an order as some open search was paid for it. */
  Optional<PaidLine> paidFor(SearchEvent event) {
    for (SearchState search : byQueryId.values()) {
      for (OrderLineState line : search.getLines()) {
        if (line.getOrderLine() == event.getOrderLine()
            && line.getOrderId().equals(event.getOrderId())) {
          return Optional.of(new PaidLine(search, line));
        }
      }
    }
    return Optional.empty();
  }

  static boolean shown(SearchState search) {
    return search.getShownAt() != Long.MIN_VALUE;
  }

  /** What happened to a product in a search; empty when nothing did. */
  static Optional<ProductState> product(SearchState search, String product) {
    for (ProductState state : search.getProducts()) {
      if (state.getProduct().equals(product)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }

  private Optional<SearchState> named(SearchEvent event) {
    return Optional.ofNullable(byQueryId.get(event.getQueryId()));
  }

  private Optional<SearchState> lastTouched(String product) {
    SearchState last = null;
    int lastTouch = 0;
    for (SearchState search : byQueryId.values()) {
      int touch = product(search, product).map(ProductState::getTouch).orElse(0);
      if (touch > lastTouch) {
        last = search;
        lastTouch = touch;
      }
    }
    return Optional.ofNullable(last);
  }
}

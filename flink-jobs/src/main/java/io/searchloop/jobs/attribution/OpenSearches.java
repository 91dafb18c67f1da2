package io.searchloop.jobs.attribution;

import io.searchloop.jobs.intake.ShopperEvent;
import io.searchloop.learning.event.Action;
import io.searchloop.schemas.state.OrderLineState;
import io.searchloop.schemas.state.ProductState;
import io.searchloop.schemas.state.SearchState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The open searches of one visitor, and the rules that lay an event to one of them. What a rule
 * looks up beside the query id is indexed when it is first asked for: most visitors never ask, and
 * a few have very many searches.
 */
final class OpenSearches {
  /** An order line and the search that was paid for it. */
  record PaidLine(SearchState search, OrderLineState line) {}

  private record LineId(String orderId, int orderLine) {}

  private final Map<String, SearchState> byQueryId = new LinkedHashMap<>();
  private @Nullable Map<String, List<SearchState>> byProduct;
  private @Nullable Map<LineId, PaidLine> byLine;

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

  /** Forgets all of them. */
  void clear() {
    byQueryId.clear();
    byProduct = null;
    byLine = null;
  }

  /** Product state of a search, made when it has none. */
  ProductState touchable(SearchState search, String product) {
    return product(search, product)
        .orElseGet(
            () -> {
              ProductState made = ProductState.newBuilder().setProduct(product).build();
              search.getProducts().add(made);
              if (byProduct != null) {
                byProduct.computeIfAbsent(product, p -> new ArrayList<>()).add(search);
              }
              return made;
            });
  }

  /** Notes that a search was paid for a line. */
  void pay(SearchState search, OrderLineState line) {
    search.getLines().add(line);
    if (byLine != null) {
      byLine.put(id(line), new PaidLine(search, line));
    }
  }

  /** The search an event belongs to; empty for a dangling one. */
  Optional<SearchState> resolve(Action action, ShopperEvent event) {
    return switch (action) {
      case QUERY, IMPRESSION -> named(event);
      case CLICK -> named(event).filter(OpenSearches::shown);
      case ADD_TO_CART, REMOVE_FROM_CART, PURCHASE ->
          event.queryId().isEmpty()
              ? lastTouched(event.product())
              : named(event).filter(OpenSearches::shown);
      case REFUND -> paidFor(event).map(PaidLine::search);
      case ERASE -> Optional.empty();
    };
  }

  /** The line of an order as some open search was paid for it. */
  Optional<PaidLine> paidFor(ShopperEvent event) {
    return Optional.ofNullable(lines().get(new LineId(event.orderId(), event.orderLine())))
        .filter(line -> open(line.search()));
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

  private Optional<SearchState> named(ShopperEvent event) {
    return Optional.ofNullable(byQueryId.get(event.queryId()));
  }

  private Optional<SearchState> lastTouched(String product) {
    SearchState last = null;
    int lastTouch = 0;
    for (SearchState search : products().getOrDefault(product, List.of())) {
      int touch = product(search, product).map(ProductState::getTouch).orElse(0);
      if (touch > lastTouch && open(search)) {
        last = search;
        lastTouch = touch;
      }
    }
    return Optional.ofNullable(last);
  }

  @SuppressWarnings("ReferenceEquality") // the state of an earlier search may have its query id
  private boolean open(SearchState search) {
    return byQueryId.get(search.getQueryId()) == search;
  }

  private Map<String, List<SearchState>> products() {
    if (byProduct == null) {
      byProduct = new HashMap<>();
      for (SearchState search : byQueryId.values()) {
        for (ProductState product : search.getProducts()) {
          byProduct.computeIfAbsent(product.getProduct(), p -> new ArrayList<>()).add(search);
        }
      }
    }
    return byProduct;
  }

  private Map<LineId, PaidLine> lines() {
    if (byLine == null) {
      byLine = new HashMap<>();
      for (SearchState search : byQueryId.values()) {
        for (OrderLineState line : search.getLines()) {
          byLine.put(id(line), new PaidLine(search, line));
        }
      }
    }
    return byLine;
  }

  private static LineId id(OrderLineState line) {
    return new LineId(line.getOrderId(), line.getOrderLine());
  }
}

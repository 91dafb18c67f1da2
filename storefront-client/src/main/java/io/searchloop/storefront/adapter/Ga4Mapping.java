package io.searchloop.storefront.adapter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.schemas.json.FieldException;
import io.searchloop.schemas.json.FieldFault;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which event of GA4 is which of ours. */
final class Ga4Mapping {
  private static final BigDecimal NOWHERE = BigDecimal.valueOf(-1);

  private final int firstIndex;

  Ga4Mapping(int firstIndex) {
    this.firstIndex = firstIndex;
  }

  /**
   * Maps an event.
   *
   * @throws FieldException when something in it cannot be used
   */
  Adaptation map(Ga4Event event) {
    return switch (event.name()) {
      case "view_search_results" ->
          ofASearch(
              event,
              List.of(
                  event.event("query", event.id()).put("user_query", event.param("search_term"))));
      case "view_item_list" -> ofASearch(event, List.of(page(event)));
      case "select_item" -> ofASearch(event, interactions(event, "click"));
      case "add_to_cart", "remove_from_cart" ->
          new Adaptation.Mapped(interactions(event, event.name()));
      case "purchase" -> new Adaptation.Mapped(Ga4Orders.lines(requireItems(event)));
      case "refund" ->
          event.items().isEmpty()
              ? new Adaptation.LeftOut("refund of a whole order, which names no items")
              : new Adaptation.Mapped(Ga4Orders.lines(event));
      case "" -> throw new FieldException(FieldFault.missing("event_name", "event"));
      default -> new Adaptation.LeftOut("event " + FieldFault.quoted(event.name()));
    };
  }

  private static Adaptation ofASearch(Ga4Event event, List<ObjectNode> mapped) {
    return event.param("query_id").isEmpty()
        ? new Adaptation.LeftOut(event.name() + " without `query_id`")
        : new Adaptation.Mapped(mapped);
  }

  private ObjectNode page(Ga4Event event) {
    ObjectNode impression = event.event("impression", event.id());
    var page = impression.putArray("page");
    IntStream.range(0, event.items().size())
        .boxed()
        .sorted(Comparator.comparing(item -> place(event, item)))
        .forEach(item -> page.add(event.product(item)));
    return impression;
  }

  private List<ObjectNode> interactions(Ga4Event event, String action) {
    List<ObjectNode> events = new ArrayList<>();
    for (int item = 0; item < requireItems(event).items().size(); item++) {
      ObjectNode interaction =
          event.event(action, event.id() + "/" + item).put("object_id", event.product(item));
      BigDecimal place = place(event, item);
      if (place.compareTo(NOWHERE) != 0) {
        interaction.put("position_ordinal", place.intValue() - firstIndex + 1);
      }
      events.add(interaction);
    }
    return events;
  }

  /** {@code index} of the Measurement Protocol, {@code item_list_index} of the export. */
  private static BigDecimal place(Ga4Event event, int item) {
    return event.number(item, "index", event.number(item, "item_list_index", NOWHERE));
  }

  private static Ga4Event requireItems(Ga4Event event) {
    if (event.items().isEmpty()) {
      throw new FieldException(FieldFault.missing("items", event.name()));
    }
    return event;
  }
}

package io.searchloop.storefront.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.json.FieldException;
import io.searchloop.schemas.json.FieldFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * E-commerce events of Google Analytics 4. GA4 knows no search id: a shop sends the {@code
 * query_id} of the search as an event parameter, and lists and clicks without one are of no search.
 */
final class Ga4Adapter implements EventAdapter {
  private static final Map<String, String> SOURCES =
      Map.of(
          "client_id", "user_pseudo_id or client_id",
          "session_id", "ga_session_id or session_id",
          "timestamp", "event_timestamp or timestamp_micros",
          "object_id", "items[].item_id",
          "position_ordinal", "items[].index",
          "order_id", "transaction_id",
          "quantity", "items[].quantity",
          "minor_units", "items[].price",
          "user_query", "search_term");

  /** Google exports such rows of shoppers who did not consent. */
  private static final Adaptation NOBODY =
      new Adaptation.LeftOut("event without `user_pseudo_id`: no consent");

  private final Ga4Mapping mapping;

  /**
   * @param firstIndex {@code index} of the first item of a list: the shop's choice, 0 or 1
   */
  Ga4Adapter(int firstIndex) {
    if (firstIndex != 0 && firstIndex != 1) {
      throw new IllegalArgumentException(
          "first index is " + firstIndex + ", expected 0 or 1. Look at an item of a list.");
    }
    this.mapping = new Ga4Mapping(firstIndex);
  }

  @Override
  public List<Adaptation> adapt(ObjectNode source) {
    if (source.has("event_name")) {
      return List.of(
          source.hasNonNull("user_pseudo_id") ? adapted(() -> Ga4Rows.row(source)) : NOBODY);
    }
    JsonNode events = source.path("events");
    if (!events.isArray()) {
      return List.of(new Adaptation.Refused(neither()));
    }
    List<Adaptation> adaptations = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      int index = i;
      adaptations.add(adapted(() -> Ga4Rows.event(source, events.get(index), index)));
    }
    return adaptations;
  }

  @Override
  public String sourceOf(String field) {
    return SOURCES.getOrDefault(field, field);
  }

  private Adaptation adapted(Supplier<Ga4Event> event) {
    try {
      return mapping.map(event.get());
    } catch (FieldException e) {
      return new Adaptation.Refused(e.fault());
    }
  }

  private static FieldFault neither() {
    return new FieldFault(
        DeadLetterReason.MALFORMED,
        "",
        "an object without `event_name` and without a list `events`",
        "a row of the BigQuery export or a body of the Measurement Protocol",
        "Choose the format that the file has.");
  }
}

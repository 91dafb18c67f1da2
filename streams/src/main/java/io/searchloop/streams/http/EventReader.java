package io.searchloop.streams.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.VisitorKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads one storefront event, with the names of User Behavior Insights. What is needed depends on
 * the action: an interaction needs its product, a purchase its order line.
 */
final class EventReader {
  /** Larger events would not fit a Kafka record together with their envelope. */
  static final int MAX_BYTES = 64 << 10;

  private static final Set<String> SEARCH_ACTIONS = Set.of("query", "impression", "click");
  private static final Set<String> ORDER_ACTIONS = Set.of("purchase", "refund");
  private static final Set<String> CART_ACTIONS = Set.of("add_to_cart", "remove_from_cart");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  /** What became of an event. */
  sealed interface Outcome {
    /** Usable, with the key it is stored under. */
    record Accepted(SearchEvent event, String visitorKey) implements Outcome {}

    /** Not usable, and why. */
    record Refused(DeadLetterReason reason, String detail) implements Outcome {}
  }

  /** Reads an event. */
  Outcome read(JsonNode node) {
    try {
      if (!(node instanceof ObjectNode object)) {
        throw new FieldException(
            DeadLetterReason.MALFORMED,
            "Event is %s, expected a JSON object.".formatted(node.getNodeType()));
      }
      requireSize(object);
      SearchEvent event = event(new JsonFields(object));
      String key =
          VisitorKey.of(event)
              .orElseThrow(
                  () ->
                      new FieldException(
                          DeadLetterReason.NO_VISITOR,
                          "Event has neither `client_id` nor `session_id`, expected one. Send the id that the search was sent with."));
      return new Outcome.Accepted(event, key);
    } catch (FieldException e) {
      return new Outcome.Refused(e.reason(), e.detail());
    }
  }

  private static void requireSize(ObjectNode object) {
    int size = Json.bytes(object).length;
    if (size > MAX_BYTES) {
      throw new FieldException(
          DeadLetterReason.OVERSIZED,
          "Event has %d bytes, expected at most %d. Send shorter pages."
              .formatted(size, MAX_BYTES));
    }
  }

  private static SearchEvent event(JsonFields fields) {
    String action = action(fields);
    SearchEvent event =
        SearchEvent.newBuilder()
            .setEventId(fields.text("event_id"))
            .setQueryId(fields.text("query_id"))
            .setClientId(fields.text("client_id"))
            .setSessionId(fields.text("session_id"))
            .setActionName(action)
            .setTimestamp(timestamp(fields))
            .setObjectId(fields.text("object_id"))
            .setPositionOrdinal(position(fields))
            .setPage(fields.texts("page"))
            .setOrderId(fields.text("order_id"))
            .setOrderLine(fields.integer("order_line", 0))
            .setQuantity(fields.integer("quantity", 0))
            .setMinorUnits(fields.longInteger("minor_units", 0))
            .setCurrency(fields.text("currency"))
            .setUserQuery(fields.text("user_query"))
            .setView(fields.text("view"))
            .build();
    fields.end();
    requireFor(event, fields.present("page").isPresent());
    return event;
  }

  private static String action(JsonFields fields) {
    String action = fields.text("action_name");
    require(!action.isEmpty(), "action_name", "any event");
    boolean known =
        SEARCH_ACTIONS.contains(action)
            || ORDER_ACTIONS.contains(action)
            || CART_ACTIONS.contains(action);
    if (!known) {
      throw new FieldException(
          DeadLetterReason.UNKNOWN_ACTION,
          "Field `action_name` is unknown, expected query, impression, click, add_to_cart, remove_from_cart, purchase or refund. Map the storefront's name to one of them.");
    }
    return action;
  }

  private static Instant timestamp(JsonFields fields) {
    JsonNode node =
        fields.present("timestamp").orElseThrow(() -> missing("timestamp", "any event"));
    if (node.isIntegralNumber() && node.canConvertToLong() && node.longValue() > 0) {
      return Instant.ofEpochMilli(node.longValue());
    }
    try {
      return OffsetDateTime.parse(node.asText()).toInstant();
    } catch (DateTimeException e) {
      throw JsonFields.mistyped(
          "timestamp",
          node,
          "milliseconds since 1970, or ISO-8601 with offset as 2026-01-31T12:00:00Z");
    }
  }

  /** {@code position_ordinal}, or {@code ordinal} within {@code position} as UBI nests it. */
  private static int position(JsonFields fields) {
    int flat = fields.integer("position_ordinal", 0);
    int nested =
        fields
            .object("position")
            .map(
                position -> {
                  int ordinal = position.integer("ordinal", 0);
                  position.end();
                  return ordinal;
                })
            .orElse(0);
    int found = flat == 0 ? nested : flat;
    if (found < 0 || (flat != 0 && nested != 0 && flat != nested)) {
      throw new FieldException(
          DeadLetterReason.INVALID_FIELD,
          "Field `position_ordinal` is %d and `position.ordinal` %d, expected one position from 1."
              .formatted(flat, nested));
    }
    return found;
  }

  /** An empty page is an impression too: the shopper saw that nothing was found. */
  private static void requireFor(SearchEvent event, boolean page) {
    String action = event.getActionName();
    if (SEARCH_ACTIONS.contains(action)) {
      require(!event.getQueryId().isEmpty(), "query_id", action);
    }
    if (action.equals("impression")) {
      require(page || !event.getObjectId().isEmpty(), "page` or `object_id", action);
      require(page || event.getPositionOrdinal() > 0, "position_ordinal", action);
    } else if (!action.equals("query")) {
      require(!event.getObjectId().isEmpty(), "object_id", action);
    }
    if (ORDER_ACTIONS.contains(action)) {
      require(!event.getOrderId().isEmpty(), "order_id", action);
      require(event.getOrderLine() > 0, "order_line", action);
      require(event.getQuantity() > 0, "quantity", action);
      requireCurrency(event);
    }
  }

  private static void requireCurrency(SearchEvent event) {
    if (event.getMinorUnits() != 0 && !CURRENCY.matcher(event.getCurrency()).matches()) {
      throw new FieldException(
          event.getCurrency().isEmpty()
              ? DeadLetterReason.MISSING_FIELD
              : DeadLetterReason.INVALID_FIELD,
          "Field `currency` is no ISO 4217 code, expected one such as EUR beside `minor_units`.");
    }
  }

  private static void require(boolean present, String field, String action) {
    if (!present) {
      throw missing(field, action);
    }
  }

  private static FieldException missing(String field, String action) {
    return new FieldException(
        DeadLetterReason.MISSING_FIELD,
        "Field `%s` is missing, expected for %s. Send it.".formatted(field, action));
  }
}

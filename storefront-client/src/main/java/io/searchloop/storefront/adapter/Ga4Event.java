package io.searchloop.storefront.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.schemas.json.FieldException;
import io.searchloop.schemas.json.FieldFault;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An event of Google Analytics 4, however it was exported.
 *
 * @param name event name
 * @param visitor the browser's or app's id
 * @param session id of the session; may be empty
 * @param micros when it happened, microseconds since 1970
 * @param index tells events of one visitor, name and instant apart
 * @param params event parameters
 * @param items products, each an object
 */
record Ga4Event(
    String name,
    String visitor,
    String session,
    long micros,
    int index,
    Map<String, JsonNode> params,
    List<JsonNode> items) {
  private static final String NOT_SET = "(not set)";
  private static final int MICROS_PER_MILLI = 1_000;
  private static final BigDecimal MAX = BigDecimal.valueOf(1_000_000_000);
  private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,9}(\\.\\d{1,9})?");

  Ga4Event {
    params = Map.copyOf(params);
    items = List.copyOf(items);
  }

  /** A parameter as text; empty when absent. */
  String param(String key) {
    return text(params.get(key) == null ? JsonNodeFactory.instance.missingNode() : params.get(key));
  }

  /** What every event of ours takes from it. */
  ObjectNode event(String action, String id) {
    ObjectNode event =
        JsonNodeFactory.instance
            .objectNode()
            .put("event_id", "ga4/" + name + "/" + id)
            .put("action_name", action)
            .put("client_id", visitor)
            .put("session_id", session)
            .put("timestamp", micros / MICROS_PER_MILLI);
    String queryId = param("query_id");
    return queryId.isEmpty() ? event : event.put("query_id", queryId);
  }

  /** Tells this event from others. */
  String id() {
    return visitor + "/" + micros + "/" + index;
  }

  /**
   * The product of an item.
   *
   * @throws FieldException when it names none
   */
  String product(int item) {
    String id = text(items.get(item).path("item_id"));
    if (id.isEmpty()) {
      throw new FieldException(FieldFault.missing(field(item, "item_id"), name));
    }
    return id;
  }

  /**
   * A number of an item; exports write numbers as texts too.
   *
   * @throws FieldException when it is none
   */
  BigDecimal number(int item, String key, BigDecimal fallback) {
    JsonNode node = items.get(item).path(key);
    String found = text(node);
    if (found.isEmpty()) {
      return fallback;
    }
    Optional<BigDecimal> number =
        node.isNumber()
            ? Optional.of(node)
                .filter(value -> Double.isFinite(value.doubleValue()))
                .map(JsonNode::decimalValue)
            : Optional.of(found).filter(DECIMAL.asMatchPredicate()).map(BigDecimal::new);
    return number
        .filter(value -> value.abs().compareTo(MAX) < 0)
        .orElseThrow(() -> new FieldException(noNumber(field(item, key), found)));
  }

  private static FieldFault noNumber(String field, String found) {
    return FieldFault.invalid(
        field, FieldFault.quoted(found), "a number below " + MAX.toPlainString(), "Send it so.");
  }

  /** Name of an item's field, for faults. */
  static String field(int item, String key) {
    return "items[%d].%s".formatted(item, key);
  }

  /**
   * A text, or a number as text: exports write whole numbers either way. Empty for others, also for
   * what exports write where nothing was sent.
   */
  static String text(JsonNode node) {
    boolean sent = node.isValueNode() && !node.isNull() && !node.asText().equals(NOT_SET);
    return sent ? node.asText() : "";
  }
}

package io.searchloop.storefront.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.schemas.json.FieldException;
import io.searchloop.schemas.json.FieldFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads GA4's two envelopes: a row of the BigQuery export, a body of the Measurement Protocol. */
final class Ga4Rows {
  private static final List<String> TYPES =
      List.of("string_value", "int_value", "float_value", "double_value");

  private Ga4Rows() {}

  /** A row: one event, its parameters as a list of keys and typed values. */
  static Ga4Event row(ObjectNode row) {
    Map<String, JsonNode> params = new HashMap<>();
    for (JsonNode param : list(row, "event_params")) {
      JsonNode value = param.path("value");
      TYPES.stream()
          .filter(value::hasNonNull)
          .findFirst()
          .ifPresent(type -> params.put(param.path("key").asText(), value.get(type)));
    }
    JsonNode order = row.path("ecommerce").path("transaction_id");
    if (!Ga4Event.text(order).isEmpty()) {
      params.putIfAbsent("transaction_id", order);
    }
    return new Ga4Event(
        Ga4Event.text(row.path("event_name")),
        Ga4Event.text(row.path("user_pseudo_id")),
        params.containsKey("ga_session_id") ? Ga4Event.text(params.get("ga_session_id")) : "",
        micros(row.path("event_timestamp"), "event_timestamp"),
        row.path("batch_event_index").asInt(0),
        params,
        list(row, "items"));
  }

  /** An event within a body. */
  static Ga4Event event(ObjectNode body, JsonNode event, int index) {
    JsonNode values = event.path("params");
    Map<String, JsonNode> params = new HashMap<>();
    values.properties().forEach(field -> params.put(field.getKey(), field.getValue()));
    String visitor = Ga4Event.text(body.path("client_id"));
    JsonNode at = event.hasNonNull("timestamp_micros") ? event : body;
    return new Ga4Event(
        Ga4Event.text(event.path("name")),
        visitor.isEmpty() ? Ga4Event.text(body.path("app_instance_id")) : visitor,
        Ga4Event.text(values.path("session_id")),
        micros(at.path("timestamp_micros"), "timestamp_micros"),
        index,
        params,
        list(values, "items"));
  }

  /** Without a time of its own an event would be dated by whoever reads it, so it is refused. */
  private static long micros(JsonNode node, String field) {
    String found = Ga4Event.text(node);
    if (found.isEmpty()) {
      throw new FieldException(FieldFault.missing(field, "event"));
    }
    try {
      return Long.parseLong(found);
    } catch (NumberFormatException e) {
      throw new FieldException(
          FieldFault.invalid(
              field, FieldFault.quoted(found), "microseconds since 1970", "Send it so."));
    }
  }

  private static List<JsonNode> list(JsonNode parent, String field) {
    JsonNode found = parent.path(field);
    if (!found.isArray() && !found.isMissingNode() && !found.isNull()) {
      throw new FieldException(
          FieldFault.invalid(field, FieldFault.shown(found), "a list", "Send it so."));
    }
    List<JsonNode> elements = new ArrayList<>();
    found.forEach(elements::add);
    return elements;
  }
}

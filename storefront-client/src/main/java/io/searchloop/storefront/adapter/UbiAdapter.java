package io.searchloop.storefront.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.schemas.event.EventRules;
import io.searchloop.schemas.json.FieldException;
import io.searchloop.schemas.json.FieldFault;
import java.util.List;
import java.util.Map;

/**
 * User Behavior Insights 1.3. Our names are UBI's, so this mostly takes fields out of {@code
 * event_attributes}. UBI has no orders; what a shop adds to {@code event_attributes} under our
 * names is taken.
 */
final class UbiAdapter implements EventAdapter {
  private static final String ATTRIBUTES = "event_attributes";
  private static final List<String> COMMON =
      List.of("query_id", "client_id", "session_id", "timestamp");
  private static final List<String> ORDER =
      List.of("event_id", "order_id", "order_line", "quantity", "minor_units", "currency");
  private static final Map<String, String> SOURCES =
      Map.of(
          "object_id", ATTRIBUTES + ".object.object_id",
          "position_ordinal", ATTRIBUTES + ".position.ordinal",
          "page", ATTRIBUTES + ".object.object_id",
          "order_id", ATTRIBUTES + ".order_id",
          "order_line", ATTRIBUTES + ".order_line",
          "quantity", ATTRIBUTES + ".quantity",
          "minor_units", ATTRIBUTES + ".minor_units",
          "currency", ATTRIBUTES + ".currency");

  @Override
  public List<Adaptation> adapt(ObjectNode source) {
    try {
      return List.of(adapted(source));
    } catch (FieldException e) {
      return List.of(new Adaptation.Refused(e.fault()));
    }
  }

  @Override
  public String sourceOf(String field) {
    return SOURCES.getOrDefault(field, field);
  }

  private static Adaptation adapted(ObjectNode source) {
    if (!source.hasNonNull("action_name")) {
      if (source.hasNonNull("user_query")) {
        return mapped(query(source));
      }
      throw new FieldException(
          FieldFault.missing("action_name", "event; a query has `user_query` in its place"));
    }
    if (!source.get("action_name").isTextual()) {
      throw new FieldException(
          FieldFault.invalid(
              "action_name", FieldFault.shown(source.get("action_name")), "a text", "Send it so."));
    }
    String name = source.get("action_name").textValue();
    String action = name.equals("click_through") ? "click" : name;
    return EventRules.ACTIONS.contains(action)
        ? mapped(event(source, action))
        : new Adaptation.LeftOut("action_name " + FieldFault.quoted(name));
  }

  private static Adaptation mapped(ObjectNode event) {
    return new Adaptation.Mapped(List.of(event));
  }

  private static ObjectNode query(ObjectNode source) {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("action_name", "query");
    COMMON.forEach(field -> copy(source, field, event));
    copy(source, "user_query", event);
    return event;
  }

  private static ObjectNode event(ObjectNode source, String action) {
    ObjectNode event = JsonNodeFactory.instance.objectNode().put("action_name", action);
    COMMON.forEach(field -> copy(source, field, event));
    copy(source, "user_query", event);
    JsonNode attributes = object(source, ATTRIBUTES, ATTRIBUTES);
    JsonNode object = object(attributes, "object", ATTRIBUTES + ".object");
    JsonNode position = object(attributes, "position", ATTRIBUTES + ".position");
    JsonNode id = object.path("object_id");
    if (id.isIntegralNumber()) {
      event.put("object_id", id.asText());
    } else {
      copy(object, "object_id", event);
    }
    if (position.hasNonNull("ordinal")) {
      event.set("position_ordinal", position.get("ordinal"));
    }
    ORDER.forEach(field -> copy(attributes, field, event));
    return event;
  }

  private static JsonNode object(JsonNode parent, String field, String path) {
    JsonNode found = parent.path(field);
    if (found.isMissingNode() || found.isNull() || found.isObject()) {
      return found;
    }
    throw new FieldException(
        FieldFault.invalid(path, FieldFault.shown(found), "an object", "Send it so."));
  }

  private static void copy(JsonNode source, String field, ObjectNode event) {
    if (source.hasNonNull(field)) {
      event.set(field, source.get(field));
    }
  }
}

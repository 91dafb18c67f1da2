package io.searchloop.app.simulation;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.searchloop.schemas.SearchEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Events as the storefront's HTTP door reads them; fields that do not apply are left out. */
final class EventJson {
  private static final JsonFactory JSON = new JsonFactory();

  private EventJson() {}

  /** The body of {@code POST /v1/events}. */
  static byte[] batch(List<SearchEvent> events) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 * events.size());
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeArrayFieldStart("events");
      for (SearchEvent event : events) {
        write(event, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Writing JSON to memory failed", e);
    }
    return bytes.toByteArray();
  }

  private static void write(SearchEvent event, JsonGenerator json) throws IOException {
    json.writeStartObject();
    text(json, "event_id", event.getEventId());
    text(json, "query_id", event.getQueryId());
    text(json, "client_id", event.getClientId());
    text(json, "session_id", event.getSessionId());
    text(json, "action_name", event.getActionName());
    json.writeNumberField("timestamp", event.getTimestamp().toEpochMilli());
    text(json, "object_id", event.getObjectId());
    number(json, "position_ordinal", event.getPositionOrdinal());
    if (event.getActionName().equals("impression")) {
      json.writeArrayFieldStart("page");
      for (String product : event.getPage()) {
        json.writeString(product);
      }
      json.writeEndArray();
    }
    text(json, "order_id", event.getOrderId());
    number(json, "order_line", event.getOrderLine());
    number(json, "quantity", event.getQuantity());
    number(json, "minor_units", event.getMinorUnits());
    text(json, "currency", event.getCurrency());
    text(json, "user_query", event.getUserQuery());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String field, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(field, value);
    }
  }

  private static void number(JsonGenerator json, String field, long value) throws IOException {
    if (value != 0) {
      json.writeNumberField(field, value);
    }
  }
}

package io.searchloop.schemas.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.VisitorKey;
import io.searchloop.schemas.json.FieldException;
import io.searchloop.schemas.json.FieldFault;
import io.searchloop.schemas.json.JsonFields;
import io.searchloop.schemas.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * Reads one storefront event from JSON, with the names of User Behavior Insights. What is needed
 * depends on the action: an interaction needs its product, a purchase its order line.
 */
public final class EventReader {
  /** Larger events would not fit a Kafka record together with their envelope. */
  public static final int MAX_BYTES = 64 << 10;

  /** What became of an event. */
  public sealed interface Outcome {
    /** Usable, with the key it is stored under. */
    record Accepted(SearchEvent event, String visitorKey) implements Outcome {}

    /** Not usable, and why. */
    record Refused(FieldFault fault) implements Outcome {
      /** Typed reason. */
      public DeadLetterReason reason() {
        return fault.reason();
      }

      /** What was found, what was expected, and the remedy. */
      public String detail() {
        return fault.detail();
      }
    }
  }

  /**
   * Reads an event.
   *
   * @param receivedAt when a clock of ours saw it
   */
  public Outcome read(JsonNode node, Instant receivedAt) {
    try {
      ObjectNode object = StrictJson.object(node);
      requireSize(object);
      JsonFields fields = new JsonFields(object);
      SearchEvent event = event(fields);
      Optional<FieldFault> fault =
          DoorRules.refuse(event, receivedAt).or(() -> nothingShown(event, fields));
      return fault.<Outcome>map(Outcome.Refused::new).orElseGet(() -> accepted(event));
    } catch (FieldException e) {
      return new Outcome.Refused(e.fault());
    }
  }

  private static Outcome accepted(SearchEvent event) {
    return new Outcome.Accepted(event, VisitorKey.of(event).orElseThrow());
  }

  private static void requireSize(ObjectNode object) {
    int size = object.toString().getBytes(StandardCharsets.UTF_8).length;
    if (size > MAX_BYTES) {
      throw new FieldException(
          new FieldFault(
              DeadLetterReason.OVERSIZED,
              "",
              size + " bytes",
              "at most " + MAX_BYTES,
              "Send shorter pages."));
    }
  }

  private static SearchEvent event(JsonFields fields) {
    SearchEvent event =
        SearchEvent.newBuilder()
            .setEventId(fields.text("event_id"))
            .setQueryId(fields.text("query_id"))
            .setClientId(fields.text("client_id"))
            .setSessionId(fields.text("session_id"))
            .setActionName(fields.text("action_name"))
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
    return event;
  }

  private static Instant timestamp(JsonFields fields) {
    JsonNode node =
        fields
            .present("timestamp")
            .orElseThrow(() -> new FieldException(FieldFault.missing("timestamp", "event")));
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
    if (flat != 0 && nested != 0 && flat != nested) {
      throw new FieldException(
          FieldFault.invalid(
              "position_ordinal",
              "%d and `position.ordinal` %d".formatted(flat, nested),
              "one position from 1",
              "Send one of them."));
    }
    return flat == 0 ? nested : flat;
  }

  /** An empty page is an impression too: the shopper saw that nothing was found. */
  private static Optional<FieldFault> nothingShown(SearchEvent event, JsonFields fields) {
    boolean shown = !event.getObjectId().isEmpty() || fields.present("page").isPresent();
    return shown || !event.getActionName().equals("impression")
        ? Optional.empty()
        : Optional.of(FieldFault.missing("page", "impression without `object_id`"));
  }
}

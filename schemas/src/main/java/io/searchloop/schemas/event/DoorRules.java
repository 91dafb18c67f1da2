package io.searchloop.schemas.event;

import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.json.FieldFault;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a storefront must send: more than can just be attributed, because a forgotten order line or
 * currency is found on the day it is forgotten, or never. Ends with {@link EventRules}, so that
 * nothing let in becomes a dead letter later.
 */
public final class DoorRules {
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  private DoorRules() {}

  /**
   * The first thing wrong with an event, if anything is.
   *
   * @param receivedAt when a clock of ours saw it
   */
  public static Optional<FieldFault> refuse(SearchEvent event, Instant receivedAt) {
    String action = event.getActionName();
    return EventRules.missing("action_name", action, "event")
        .or(() -> EventRules.unknownAction(action))
        .or(() -> missingField(event))
        .or(() -> EventRules.refuse(event, receivedAt))
        .or(() -> negativePosition(event));
  }

  private static Optional<FieldFault> missingField(SearchEvent event) {
    String action = event.getActionName();
    return switch (action) {
      case "query" -> EventRules.missing("query_id", event.getQueryId(), action);
      case "impression" ->
          EventRules.missing("query_id", event.getQueryId(), action).or(() -> unplaced(event));
      case "purchase", "refund" ->
          EventRules.missing("object_id", event.getObjectId(), action)
              .or(() -> EventRules.missing("order_id", event.getOrderId(), action))
              .or(() -> atLeastOne("order_line", event.getOrderLine(), action))
              .or(() -> atLeastOne("quantity", event.getQuantity(), action))
              .or(() -> currency(event));
      default -> Optional.empty();
    };
  }

  /** An impression of one product needs its place; without a product it is of a whole page. */
  private static Optional<FieldFault> unplaced(SearchEvent event) {
    boolean placed = event.getObjectId().isEmpty() || event.getPositionOrdinal() != 0;
    return placed || !event.getPage().isEmpty()
        ? Optional.empty()
        : Optional.of(FieldFault.missing("position_ordinal", "impression of one product"));
  }

  private static Optional<FieldFault> negativePosition(SearchEvent event) {
    int position = event.getPositionOrdinal();
    return position < 0
        ? Optional.of(
            FieldFault.invalid(
                "position_ordinal",
                Integer.toString(position),
                "a position from 1, or none",
                "Count from the top of the page."))
        : Optional.empty();
  }

  private static Optional<FieldFault> atLeastOne(String field, int value, String action) {
    if (value == 0) {
      return Optional.of(FieldFault.missing(field, action));
    }
    return value < 0
        ? Optional.of(
            FieldFault.invalid(
                field, Integer.toString(value), "1 or more", "Count lines and units from one."))
        : Optional.empty();
  }

  private static Optional<FieldFault> currency(SearchEvent event) {
    String currency = event.getCurrency();
    if (event.getMinorUnits() == 0 || CURRENCY.matcher(currency).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new FieldFault(
            currency.isEmpty() ? DeadLetterReason.MISSING_FIELD : DeadLetterReason.INVALID_FIELD,
            "currency",
            currency.isEmpty() ? "missing" : FieldFault.quoted(currency),
            "an ISO 4217 code such as EUR beside `minor_units`",
            "Send the currency the shopper paid in."));
  }
}

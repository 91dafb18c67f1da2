package io.searchloop.schemas.event;

import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.VisitorKey;
import io.searchloop.schemas.json.FieldFault;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an event must carry so that it can be attributed, whichever door it came through. */
public final class EventRules {
  /** Every {@code action_name} of a storefront, in causal order. */
  public static final List<String> ACTIONS =
      List.of(
          "query", "impression", "click", "add_to_cart", "remove_from_cart", "purchase", "refund");

  /**
   * The {@code action_name} by which an operator has a visitor forgotten. No door lets it in:
   * whoever guesses a name could wipe out what its owner did.
   */
  public static final String ERASE = "erase";

  private EventRules() {}

  /**
   * The first thing wrong with an event, if anything is.
   *
   * @param receivedAt when a clock of ours saw it
   */
  public static Optional<FieldFault> refuse(SearchEvent event, Instant receivedAt) {
    if (VisitorKey.of(event).isEmpty()) {
      return Optional.of(
          new FieldFault(
              DeadLetterReason.NO_VISITOR,
              "client_id",
              "missing, and so is `session_id`",
              "one of them",
              "Send the id that the search was sent with."));
    }
    return unattributable(event.getActionName())
        .or(() -> missingField(event))
        .or(() -> ClockRule.refuse(event.getTimestamp(), receivedAt))
        .or(() -> negative("quantity", event.getQuantity()))
        .or(() -> negative("minor_units", event.getMinorUnits()));
  }

  private static Optional<FieldFault> unattributable(String action) {
    return action.equals(ERASE) ? Optional.empty() : unknownAction(action);
  }

  /** Refuses an {@code action_name} outside the vocabulary of storefronts. */
  static Optional<FieldFault> unknownAction(String action) {
    return ACTIONS.contains(action)
        ? Optional.empty()
        : Optional.of(
            new FieldFault(
                DeadLetterReason.UNKNOWN_ACTION,
                "action_name",
                FieldFault.quoted(action),
                "one of " + String.join(", ", ACTIONS),
                "Map the storefront's action to one of them, or do not send it."));
  }

  /** Refuses an empty field. */
  static Optional<FieldFault> missing(String field, String value, String of) {
    return value.isEmpty() ? Optional.of(FieldFault.missing(field, of)) : Optional.empty();
  }

  private static Optional<FieldFault> missingField(SearchEvent event) {
    String action = event.getActionName();
    return switch (action) {
      case "impression" -> missing("query_id", event.getQueryId(), action);
      case "click" ->
          missing("query_id", event.getQueryId(), action)
              .or(() -> missing("object_id", event.getObjectId(), action));
      case "add_to_cart", "remove_from_cart" -> missing("object_id", event.getObjectId(), action);
      case "purchase" ->
          missing("object_id", event.getObjectId(), action)
              .or(() -> missing("order_id", event.getOrderId(), action));
      case "refund" -> missing("order_id", event.getOrderId(), action);
      default -> Optional.empty();
    };
  }

  private static Optional<FieldFault> negative(String field, long value) {
    return value < 0
        ? Optional.of(
            FieldFault.invalid(
                field, Long.toString(value), "0 or more", "Send what comes back as a refund."))
        : Optional.empty();
  }
}

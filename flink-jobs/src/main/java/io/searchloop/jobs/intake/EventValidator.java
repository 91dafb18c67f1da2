package io.searchloop.jobs.intake;

import io.searchloop.learning.event.Action;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.VisitorKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a storefront event must carry so that it can be attributed. */
final class EventValidator implements Validator<SearchEvent> {
  private static final int MAX_QUOTED = 80;

  @Override
  public Optional<Refusal> refuse(SearchEvent event, long brokerTime) {
    if (VisitorKey.of(event).isEmpty()) {
      return Optional.of(
          new Refusal(
              DeadLetterReason.NO_VISITOR,
              "client_id and session_id are empty, expected one of them. Name the visitor."));
    }
    Optional<Action> action = Action.of(event.getActionName());
    if (action.isEmpty()) {
      return Optional.of(unknownAction(event));
    }
    return missingField(action.get(), event)
        .or(() -> Validator.brokenClock(event.getTimestamp(), brokerTime))
        .or(() -> negative("quantity", event.getQuantity()))
        .or(() -> negative("minor_units", event.getMinorUnits()));
  }

  private static Refusal unknownAction(SearchEvent event) {
    String known =
        Arrays.stream(Action.values()).map(Action::wireName).collect(Collectors.joining(", "));
    return new Refusal(
        DeadLetterReason.UNKNOWN_ACTION,
        "action_name is '"
            + shortened(event.getActionName())
            + "', expected one of "
            + known
            + ". Map the storefront's action to one of them, or do not send it.");
  }

  /** A message must not grow with what somebody sends. */
  private static String shortened(String found) {
    return found.length() <= MAX_QUOTED ? found : found.substring(0, MAX_QUOTED) + "...";
  }

  private static Optional<Refusal> missingField(Action action, SearchEvent event) {
    String name = action.wireName();
    return switch (action) {
      case QUERY -> Optional.empty();
      case IMPRESSION -> Validator.missing("query_id", event.getQueryId(), name);
      case CLICK ->
          Validator.missing("query_id", event.getQueryId(), name)
              .or(() -> Validator.missing("object_id", event.getObjectId(), name));
      case ADD_TO_CART, REMOVE_FROM_CART ->
          Validator.missing("object_id", event.getObjectId(), name);
      case PURCHASE ->
          Validator.missing("object_id", event.getObjectId(), name)
              .or(() -> Validator.missing("order_id", event.getOrderId(), name));
      case REFUND -> Validator.missing("order_id", event.getOrderId(), name);
    };
  }

  private static Optional<Refusal> negative(String field, long value) {
    return value < 0
        ? Optional.of(
            new Refusal(
                DeadLetterReason.INVALID_FIELD,
                field + " is " + value + ", expected 0 or more. Send what comes back as a refund."))
        : Optional.empty();
  }
}

package io.searchloop.learning.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a shopper did. The declaration order is the causal order, and decides between events of the
 * same millisecond: an impression precedes the click on it, however they arrived.
 */
public enum Action {
  QUERY,
  IMPRESSION,
  CLICK,
  ADD_TO_CART,
  REMOVE_FROM_CART,
  PURCHASE,
  REFUND,
  /** Not a deed: an operator has everything about the visitor forgotten. */
  ERASE;

  private static final Map<String, Action> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Action::wireName, Function.identity()));

  /** Action of an {@code action_name}; empty for a name outside the vocabulary. */
  public static Optional<Action> of(String actionName) {
    return Optional.ofNullable(BY_NAME.get(actionName));
  }

  /** Name in events, reward terms and corrections, for example {@code add_to_cart}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.searchloop.schemas.access;

import java.util.Arrays;
import java.util.Locale;

/** What somebody may do; a later role may also do what an earlier one may. */
public enum Role {
  /** Looks. */
  VIEWER,
  /** Looks and decides. */
  OPERATOR;

  /** Whether this role suffices where another is asked for. */
  public boolean covers(Role needed) {
    return compareTo(needed) >= 0;
  }

  /** The name as people write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A role by its name.
   *
   * @throws IllegalArgumentException when there is none
   */
  static Role of(String word) {
    return Arrays.stream(values())
        .filter(role -> role.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "role is '" + word + "', expected viewer or operator"));
  }
}

package io.searchloop.schemas.access;

/** What became of a {@link Knock}. */
public sealed interface Admission {
  /** Let in. */
  record Admitted(Person person) implements Admission {}

  /**
   * Not known.
   *
   * @param detail for the one who knocks; does not say whether the name exists
   */
  record Unknown(String detail) implements Admission {}

  /**
   * To come back later: too many have tried.
   *
   * @param detail for the one who knocks
   */
  record Later(String detail) implements Admission {}
}

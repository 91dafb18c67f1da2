package io.searchloop.schemas.access;

/**
 * Somebody who is let in.
 *
 * @param name as in the file of users; empty where nobody is asked
 * @param role what he may do
 */
public record Person(String name, Role role) {
  /** Whoever reaches a door that only this machine reaches. */
  public static final Person ANYBODY = new Person("", Role.OPERATOR);

  /** Whether he said who he is, and proved it. */
  public boolean known() {
    return !name.isEmpty();
  }
}

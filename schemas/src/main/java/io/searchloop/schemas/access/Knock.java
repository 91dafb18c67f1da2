package io.searchloop.schemas.access;

/**
 * Somebody at a door.
 *
 * @param authorization the request's header of that name; empty when it has none
 * @param address where the request comes from
 */
public record Knock(String authorization, String address) {
  /** Where it comes from: the rest is a secret. */
  @Override
  public String toString() {
    return address;
  }
}

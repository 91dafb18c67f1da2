package io.searchloop.streams.heads;

/** Tells head queries from the tail. */
@FunctionalInterface
public interface QueryStrata {
  /**
   * Stratum of a query. Never waits.
   *
   * @param query as typed
   */
  Stratum of(String query);
}

package io.searchloop.search.engine;

/** How rewrites join the typed query. */
public enum Combination {
  /** One weighted query of the typed terms and those that the rewrites add: the default. */
  UNION,
  /** The rewrites alone; the typed query only when they contain nothing to search for. */
  REPLACE
}

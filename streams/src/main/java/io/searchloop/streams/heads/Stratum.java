package io.searchloop.streams.heads;

/** How often a query is asked. */
public enum Stratum {
  /** Asked often enough that its rollouts are compared across visitors. */
  HEAD,
  /** Asked seldom: shoppers alone would never compare its rollouts. */
  TAIL,
  /** Not known, because the counts cannot be read yet. */
  UNKNOWN
}

package io.searchloop.learning.preference;

/** Which rewrites of a query may be paired. */
public enum PairLevels {
  /**
   * Neighbours in reward level only: LeReT (arXiv 2410.23214). The best against the worst teaches
   * little that the steps between them do not.
   */
  ADJACENT,
  /** Any two that can be told apart. */
  ALL
}

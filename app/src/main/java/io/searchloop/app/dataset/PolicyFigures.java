package io.searchloop.app.dataset;

import io.searchloop.search.evaluation.Interval;

/**
 * How well one policy retrieves, in both ways a rewrite can be served.
 *
 * @param unchanged share of queries it leaves as typed
 * @param union typed query and rewrite searched together
 * @param replace the rewrite alone
 */
public record PolicyFigures(double unchanged, Retrieval union, Retrieval replace) {

  /**
   * Means over queries.
   *
   * @param ndcgAt10 unjudged products gain nothing
   * @param condensedNdcgAt10 unjudged products removed from the first 100
   * @param recallAt100 share of the relevant products found
   * @param nullRate share of searches that find nothing
   */
  public record Retrieval(
      Figure ndcgAt10, Figure condensedNdcgAt10, Figure recallAt100, Figure nullRate) {}

  /**
   * A mean and how it compares.
   *
   * @param value mean over queries
   * @param differenceToIdentity mean difference to the query as typed, 95 % interval
   */
  public record Figure(double value, Interval differenceToIdentity) {}
}

package io.searchloop.learning.reward.engine;

import java.util.List;

/**
 * What each member of a group is worth.
 *
 * @param rewrites rewards in the order of the group
 * @param identity reward of the query without a rewrite; for comparison, never for training
 */
public record PricedGroup(List<Addends> rewrites, Addends identity) {

  /** Copies the list. */
  public PricedGroup {
    rewrites = List.copyOf(rewrites);
  }
}

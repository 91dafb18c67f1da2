package io.searchloop.learning.reward.engine;

/**
 * One way to judge rewrites, named so that a reward can say what it is made of. Implementations are
 * pure: the same group gives the same values.
 */
public interface EngineTerm {

  /** Name of the addend in reward tuples. */
  String name();

  /**
   * The term before it is weighted.
   *
   * @return shape (rewrites + 1), finite: each rewrite in order, identity last; values of invalid
   *     rewrites are never used
   */
  double[] values(EngineGroup group);

  /**
   * Whether normalising the term over its group keeps its meaning: true for merits, which only rank
   * the members; false for costs, which have a price.
   */
  default boolean normalisable() {
    return true;
  }
}

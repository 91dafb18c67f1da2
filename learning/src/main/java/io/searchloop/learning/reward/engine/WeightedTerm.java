package io.searchloop.learning.reward.engine;

/**
 * A term with its say in the reward.
 *
 * @param term how rewrites are judged
 * @param weight factor on the term's values, at least 0
 */
public record WeightedTerm(EngineTerm term, double weight) {

  /** Refuses weights that would turn a merit into a cost. */
  public WeightedTerm {
    if (!(weight >= 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "Weight of engine term %s is %s, expected a finite number of at least 0. Correct the reward configuration."
              .formatted(term.name(), weight));
    }
  }
}

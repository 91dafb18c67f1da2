package io.searchloop.learning.bandit;

/**
 * Number, sum and sum of squares of rewards, each counting less the longer ago its search was: 2 ^
 * -(age / half-life). Ages count from the search and not from the outcome, so a sum does not depend
 * on the order in which outcomes arrive, and a correction weighs what its search weighs.
 *
 * <p>Example with a half-life of a day: a reward of 4 yesterday and one of 2 today sum up to 4, of
 * weight 1.5: mean 2.667.
 */
final class RewardSums {
  private final double halfLifeSeconds;
  private double reference = Double.NEGATIVE_INFINITY;
  private double weight;
  private double sum;
  private double squares;

  RewardSums(double halfLifeSeconds) {
    this.halfLifeSeconds = halfLifeSeconds;
  }

  /**
   * Adds an outcome of a search.
   *
   * @param second of the search
   * @param count 1 for its first outcome, 0 for a correction
   * @param change of its reward
   * @param squareChange of its square
   */
  void add(double second, double count, double change, double squareChange) {
    if (second > reference) {
      at(second);
    }
    double share = share(reference - second);
    weight += share * count;
    sum += share * change;
    squares += share * squareChange;
  }

  /** Lets time pass. */
  void at(double second) {
    if (second <= reference) {
      return;
    }
    double share = reference == Double.NEGATIVE_INFINITY ? 0 : share(second - reference);
    weight *= share;
    sum *= share;
    squares *= share;
    reference = second;
  }

  private double share(double age) {
    return Math.exp(-age / halfLifeSeconds * Math.log(2));
  }

  double weight() {
    return weight;
  }

  double sum() {
    return sum;
  }

  double squares() {
    return squares;
  }
}

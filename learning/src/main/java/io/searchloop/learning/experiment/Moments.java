package io.searchloop.learning.experiment;

/**
 * Count, mean and squared deviations of numbers seen one at a time (Welford, Technometrics 1962),
 * which neither cancels nor grows as a sum of squares does. Example: 1, 2, 6 give count 3, mean 3,
 * squares 14 and variance 7.
 *
 * @param count how many
 * @param mean their mean; 0 of none
 * @param squares sum of squared deviations from the mean
 */
public record Moments(long count, double mean, double squares) {
  /** Of no numbers. */
  public static final Moments NONE = new Moments(0, 0, 0);

  /** With one more number. */
  public Moments plus(double value) {
    double delta = value - mean;
    double moved = mean + delta / (count + 1);
    return new Moments(count + 1, moved, squares + delta * (value - moved));
  }

  /** Of both (Chan, Golub and LeVeque, 1983). */
  public Moments plus(Moments other) {
    long both = count + other.count;
    if (both == 0) {
      return NONE;
    }
    double delta = other.mean - mean;
    return new Moments(
        both,
        mean + delta * other.count / both,
        squares + other.squares + delta * delta * count * other.count / both);
  }

  /** Unbiased variance; 0 of fewer than two. */
  public double variance() {
    return count < 2 ? 0 : squares / (count - 1);
  }
}

package io.searchloop.learning.preference;

/**
 * Two of some rewrites, by their indices, and how sure their order is.
 *
 * @param preferred index of the better one
 * @param rejected index of the worse one
 * @param margin difference of what they earned, above 0
 * @param flipProbability chance that the order is the other way round, below one half
 */
public record RankedPair(int preferred, int rejected, double margin, double flipProbability) {
  public RankedPair {
    if (preferred == rejected || !(margin > 0)) {
      throw new IllegalArgumentException(
          "Pair of %d and %d with margin %s, expected two rewrites and a margin above 0."
              .formatted(preferred, rejected, margin));
    }
    if (!(flipProbability >= 0 && flipProbability < 0.5)) {
      throw new IllegalArgumentException(
          "flipProbability is " + flipProbability + ", expected in [0, 0.5).");
    }
  }
}

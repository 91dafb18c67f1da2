package io.searchloop.trainer.warmstart;

/**
 * A text and what it stands for, with a weight: a co-clicked phrase with its count, or a typed
 * query with its correction.
 *
 * @param source what was typed
 * @param target what it should become
 * @param weight above zero and finite; relative to the other pairs of its list
 */
public record WeightedPair(String source, String target, double weight) {
  public WeightedPair {
    if (!(weight > 0) || Double.isInfinite(weight)) {
      throw new IllegalArgumentException(
          "Weight of a pair is " + weight + ", expected a finite number above zero.");
    }
  }
}

package io.searchloop.learning.oracle;

import java.util.Comparator;

/**
 * A reward tuple the job must have emitted. Amounts are whole micros divided by 1e6, so they
 * compare exactly.
 *
 * @param queryId the search
 * @param rolloutId the rollout
 * @param sequence 0 for the base tuple, then 1, 2, ... for corrections
 * @param reward reward, or for a correction its change
 * @param preference priced purchases of a multileaved page, or for a correction their change
 * @param trainable whether it may enter a group
 */
public record ExpectedTuple(
    String queryId,
    String rolloutId,
    int sequence,
    double reward,
    double preference,
    boolean trainable)
    implements Comparable<ExpectedTuple> {
  private static final Comparator<ExpectedTuple> BY_IDENTITY =
      Comparator.comparing(ExpectedTuple::queryId)
          .thenComparing(ExpectedTuple::rolloutId)
          .thenComparingInt(ExpectedTuple::sequence)
          .thenComparingDouble(ExpectedTuple::reward)
          .thenComparingDouble(ExpectedTuple::preference)
          .thenComparing(ExpectedTuple::trainable);

  /** By search, rollout and sequence; the rest decides when a query id was used twice. */
  @Override
  public int compareTo(ExpectedTuple other) {
    return BY_IDENTITY.compare(this, other);
  }
}

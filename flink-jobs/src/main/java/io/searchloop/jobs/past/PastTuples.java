package io.searchloop.jobs.past;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import io.searchloop.schemas.RewardTuple;
import java.util.HashSet;
import java.util.Set;

/**
 * Tuples that an earlier run wrote. Up to a watermark that it had surely reached and committed, all
 * that were due; beyond, those found on the topic, of which there are few. Tuples are a function of
 * records in event time, so a run that reads the same records makes the same ones again.
 */
public final class PastTuples {
  /** None. */
  public static final PastTuples NONE = new PastTuples(Long.MIN_VALUE, Long.MIN_VALUE, Set.of());

  private static final Hasher128 HASHER = Hashing.xxh3_128();

  private final long completeUntil;
  private final long until;
  private final Set<HashValue128> beyond;

  private PastTuples(long completeUntil, long until, Set<HashValue128> beyond) {
    this.completeUntil = completeUntil;
    this.until = until;
    this.beyond = Set.copyOf(beyond);
  }

  /**
   * Whether a tuple was written.
   *
   * @param due event time at which it is due, epoch milliseconds
   */
  public boolean contain(RewardTuple tuple, long due) {
    return due <= completeUntil || beyond.contains(identity(tuple));
  }

  /** Event time after which nothing is known any more, epoch milliseconds; the least for none. */
  public long until() {
    return until;
  }

  /** With the impression, since a query id that comes again after its window is another search. */
  private static HashValue128 identity(RewardTuple tuple) {
    return HASHER.hashCharsTo128Bits(
        tuple.getQueryId()
            + '\n'
            + tuple.getRolloutId()
            + '\n'
            + tuple.getSequence()
            + '\n'
            + tuple.getImpressionTime().toEpochMilli());
  }

  /** Collects them from the topic. One thread. */
  public static final class Collector {
    private final long completeUntil;
    private final long longestShortWindowMs;
    private final Set<HashValue128> beyond = new HashSet<>();
    private long until;
    private long count;

    /**
     * @param completeUntil watermark up to which all that was due is written, epoch milliseconds
     * @param reached watermark the run had reached at last
     * @param longestShortWindowMs longest short window of any configuration
     */
    public Collector(long completeUntil, long reached, long longestShortWindowMs) {
      this.completeUntil = completeUntil;
      this.longestShortWindowMs = longestShortWindowMs;
      this.until = reached;
    }

    /** Notes a tuple of the topic. */
    public void add(RewardTuple tuple) {
      count++;
      long due =
          Math.max(
              tuple.getImpressionTime().toEpochMilli() + longestShortWindowMs,
              tuple.getOutcomeTime().toEpochMilli());
      if (due > completeUntil) {
        beyond.add(identity(tuple));
        until = Math.max(until, due);
      }
    }

    /** Tuples noted so far. */
    public long count() {
      return count;
    }

    /** What was collected. */
    public PastTuples tuples() {
      return new PastTuples(completeUntil, until, beyond);
    }
  }
}

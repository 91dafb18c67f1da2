package io.searchloop.jobs.past;

import java.util.Set;

/**
 * Records that an earlier run of a job refused. What was late then is late again, although the
 * watermark has not come so far yet: tuples were made without it.
 *
 * @param late those that arrived behind the watermark
 * @param others those refused for any other reason
 */
public record PastLetters(Set<Position> late, Set<Position> others) {
  /** None. */
  public static final PastLetters NONE = new PastLetters(Set.of(), Set.of());

  /**
   * A record of a source topic.
   *
   * @param topic its topic
   * @param partition its partition
   * @param offset its offset
   */
  public record Position(String topic, int partition, long offset) {}

  public PastLetters {
    late = Set.copyOf(late);
    others = Set.copyOf(others);
  }

  /** Whether a record was late. */
  public boolean wasLate(String topic, int partition, long offset) {
    return !late.isEmpty() && late.contains(new Position(topic, partition, offset));
  }

  /** Whether a record was refused for another reason. */
  public boolean wasRefused(String topic, int partition, long offset) {
    return !others.isEmpty() && others.contains(new Position(topic, partition, offset));
  }
}

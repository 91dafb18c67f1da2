package io.searchloop.jobs.attribution;

import java.util.Comparator;

/**
 * When a click made a product belong to a search. Later touches win; those of one instant are
 * ordered as their clicks are. Public for Flink's serializers.
 *
 * @param time event time of the click, epoch milliseconds
 * @param identity identity of the click
 */
public record Touch(long time, String identity) implements Comparable<Touch> {
  /** Precedes every touch. */
  static final Touch NONE = new Touch(Long.MIN_VALUE, "");

  private static final Comparator<Touch> ORDER =
      Comparator.comparingLong(Touch::time).thenComparing(Touch::identity);

  @Override
  public int compareTo(Touch other) {
    return ORDER.compare(this, other);
  }
}

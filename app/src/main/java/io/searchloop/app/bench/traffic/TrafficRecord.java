package io.searchloop.app.bench.traffic;

import java.util.Comparator;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record on its way to the topics.
 *
 * @param arrivesAt when it reaches them, epoch milliseconds; a little after it happened
 * @param number in the order of creation, so that the order of arrival is one order only
 * @param visitor key of the record
 * @param value decision or event
 */
record TrafficRecord(long arrivesAt, long number, String visitor, SpecificRecord value)
    implements Comparable<TrafficRecord> {
  private static final Comparator<TrafficRecord> BY_ARRIVAL =
      Comparator.comparingLong(TrafficRecord::arrivesAt).thenComparingLong(TrafficRecord::number);

  @Override
  public int compareTo(TrafficRecord other) {
    return BY_ARRIVAL.compare(this, other);
  }
}

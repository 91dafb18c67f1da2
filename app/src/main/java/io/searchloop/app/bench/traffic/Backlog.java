package io.searchloop.app.bench.traffic;

/**
 * Traffic that lies on the topics and waits to be read.
 *
 * @param prefix prefix of its topics
 * @param shape what it is made of
 * @param records decisions and events
 * @param trafficFrom how many of them came before the traffic proper
 * @param bytes their keys and values
 */
public record Backlog(
    String prefix, TrafficShape shape, long records, long trafficFrom, long bytes) {
  private static final double SETTLING = .1;
  private static final double DRAINING = .03;

  /** How many records to read before figures count: the state is full, the job has settled. */
  public long measureFrom() {
    return trafficFrom + Math.round(SETTLING * (records - trafficFrom));
  }

  /** How many records to read until figures stop counting, before a partition runs dry. */
  public long measureTo() {
    return records - Math.round(DRAINING * (records - trafficFrom));
  }

  /** Mean size of a record. */
  public long bytesPerRecord() {
    return bytes / records;
  }
}

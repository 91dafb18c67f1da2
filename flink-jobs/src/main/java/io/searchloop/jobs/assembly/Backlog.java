package io.searchloop.jobs.assembly;

/**
 * What waits to be packed, in numbers, so that the items need not be read to know. Public for
 * Flink's serializers.
 *
 * @param total items
 * @param ready items, those of each query counted up to its cap
 * @param flats flat groups since the last minibatch
 * @param flushAt when all is sent at the latest, epoch milliseconds of processing time
 */
public record Backlog(int total, int ready, int flats, long flushAt) {
  static final Backlog NONE = new Backlog(0, 0, 0, 0);

  Backlog plus(boolean belowCap) {
    return new Backlog(total + 1, belowCap ? ready + 1 : ready, flats, flushAt);
  }

  Backlog plusFlat() {
    return new Backlog(total, ready, flats + 1, flushAt);
  }

  Backlog flushedAt(long time) {
    return new Backlog(total, ready, flats, time);
  }
}

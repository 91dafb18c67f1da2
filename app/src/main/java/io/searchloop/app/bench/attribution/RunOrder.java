package io.searchloop.app.bench.attribution;

import io.searchloop.app.bench.traffic.Backlog;
import io.searchloop.app.bench.traffic.TrafficShape;

/**
 * One measured run: a job reads a backlog from its beginning to its end.
 *
 * @param name name of the run, unlike any other
 * @param job which job
 * @param prefix prefix of its topics
 * @param traffic the shape of what they hold
 * @param records how many records the backlog has
 * @param measureFrom how many are read when figures begin to count
 * @param measureTo how many are read when they stop
 * @param weighState whether to stay until a checkpoint has seen the whole backlog, and weigh it
 * @param recording where a flight recording of the measured part goes; empty for none
 */
record RunOrder(
    String name,
    BenchJob job,
    String prefix,
    TrafficShape traffic,
    long records,
    long measureFrom,
    long measureTo,
    boolean weighState,
    String recording) {

  static RunOrder of(
      String name, BenchJob job, Backlog backlog, boolean weighState, String recording) {
    return new RunOrder(
        name,
        job,
        backlog.prefix(),
        backlog.shape(),
        backlog.records(),
        backlog.measureFrom(),
        backlog.measureTo(),
        weighState,
        recording);
  }
}

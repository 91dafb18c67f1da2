package io.searchloop.app.bench.attribution;

/**
 * What one run took.
 *
 * @param records records read in the measured part
 * @param seconds its length
 * @param cpuSeconds CPU time of Flink's whole process in it: tasks, garbage collection, compiler
 * @param gcSeconds its share in garbage collection pauses, by the clock
 * @param checkpoints checkpoints completed in the whole run
 * @param meanCheckpointMs their mean duration
 * @param largestCheckpointBytes full size of the largest; much above what is open, when one source
 *     runs ahead of the other and its records wait in state
 * @param state what was left open at the end, if it was weighed
 */
record RunFigures(
    long records,
    double seconds,
    double cpuSeconds,
    double gcSeconds,
    long checkpoints,
    double meanCheckpointMs,
    long largestCheckpointBytes,
    StateWeight state) {

  /**
   * Weight of the state after the last record.
   *
   * @param checkpointBytes full size of a checkpoint; 0 when it was not weighed
   * @param heapBytes used heap after garbage collection, less what is used without the job
   */
  record StateWeight(long checkpointBytes, long heapBytes) {
    static final StateWeight NOT_WEIGHED = new StateWeight(0, 0);
  }

  double recordsPerSecond() {
    return records / seconds;
  }

  double cpuMicrosPerRecord() {
    return cpuSeconds * 1e6 / records;
  }
}

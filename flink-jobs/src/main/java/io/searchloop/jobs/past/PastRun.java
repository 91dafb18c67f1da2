package io.searchloop.jobs.past;

/**
 * What a job's earlier run left on the topics, for a run that begins without its state. Everything
 * is read when asked, up to what was committed or under way at that moment; nothing, unless said
 * otherwise.
 */
public interface PastRun {
  /** Nothing ran before: the beginning of a loop, or a test without topics. */
  PastRun NONE = new PastRun() {};

  /** Number of the last checkpoint in the ledger; 0 for none. */
  default long lastCheckpoint() {
    return 0;
  }

  /** Which records it refused. */
  default PastLetters letters() {
    return PastLetters.NONE;
  }

  /**
   * Which tuples it wrote.
   *
   * @param longestShortWindowMs longest short window of any configuration
   */
  default PastTuples tuples(long longestShortWindowMs) {
    return PastTuples.NONE;
  }

  /** Where it ended. */
  default PastEnd end() {
    return PastEnd.NONE;
  }

  /** How far event time had come while it read. */
  default PastProgress progress() {
    return PastProgress.NONE;
  }

  /** Which searches it priced without shoppers. */
  default PastSearches searches() {
    return PastSearches.NONE;
  }
}

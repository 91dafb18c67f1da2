package io.searchloop.jobs.past;

/**
 * What a job's earlier run left on the topics, for a run that begins without its state. Everything
 * is read when asked, up to what was committed or under way at that moment.
 */
public interface PastRun {
  /** Nothing ran before: the beginning of a loop, or a test without topics. */
  PastRun NONE =
      new PastRun() {
        @Override
        public long lastCheckpoint() {
          return 0;
        }

        @Override
        public PastLetters letters() {
          return PastLetters.NONE;
        }

        @Override
        public PastTuples tuples(long longestShortWindowMs) {
          return PastTuples.NONE;
        }

        @Override
        public PastSearches searches() {
          return PastSearches.NONE;
        }

        @Override
        public PastProgress progress() {
          return PastProgress.NONE;
        }
      };

  /** Number of the last checkpoint in the ledger; 0 for none. */
  long lastCheckpoint();

  /** Which records it refused. */
  PastLetters letters();

  /**
   * Which tuples it wrote.
   *
   * @param longestShortWindowMs longest short window of any configuration
   */
  PastTuples tuples(long longestShortWindowMs);

  /** How far event time had come while it read. */
  PastProgress progress();

  /** Which searches it priced without shoppers. */
  PastSearches searches();
}

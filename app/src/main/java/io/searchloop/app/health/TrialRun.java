package io.searchloop.app.health;

/**
 * How one trial ended.
 *
 * @param end how
 * @param cause metric of a rollback; empty otherwise
 * @param impressions searches of both arms until then
 * @param candidateImpressions searches of the candidate's visitors
 * @param naive whether a test for a single look, at the same levels, would have raised an alarm at
 *     any of the looks
 */
record TrialRun(End end, String cause, long impressions, long candidateImpressions, boolean naive) {
  enum End {
    ROLLED_BACK,
    HELD,
    PROMOTED,
    UNDECIDED
  }
}

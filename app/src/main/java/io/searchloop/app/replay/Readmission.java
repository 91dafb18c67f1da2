package io.searchloop.app.replay;

import java.util.Map;

/**
 * What a replay of dead letters changed.
 *
 * @param readmitted dead letters that are usable now, by the reason they were refused for
 * @param refused records that are still refused, or refused now, by the reason found now
 * @param live tuples of the live job
 * @param ofReadmittedVisitors what visitors with readmitted records gained over the live tuples
 * @param ofOthers what all others gained: their windows were still open in the live job, or had
 *     been cut short by its end
 */
public record Readmission(
    Map<String, Long> readmitted,
    Map<String, Long> refused,
    TupleCounts live,
    Gain ofReadmittedVisitors,
    Gain ofOthers) {

  /**
   * A difference between two rewards topics.
   *
   * @param newRollouts rollouts that had no tuple
   * @param changedRollouts rollouts whose total is another
   * @param reward by how much the sum of all totals grew
   */
  public record Gain(long newRollouts, long changedRollouts, double reward) {}
}

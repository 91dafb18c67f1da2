package io.searchloop.app.study;

import io.searchloop.app.report.ArmFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one run came to. Worths are expectations over the simulator's own shoppers and free of
 * chance ({@link io.searchloop.app.simulation.ExpectedReward}); rewards are what the loop
 * attributed.
 *
 * @param scenario its key
 * @param searches answered searches
 * @param failed failed searches
 * @param robots visitors that were none
 * @param lastThird rewards of the arms over the last third
 * @param before worth of what does not learn, on the first catalogue
 * @param after the same on the last one; as before where the catalogue did not change
 * @param versions worth of each release on the catalogue of its time, in order; the version that
 *     the change met stands there twice, once for each catalogue
 * @param changedMinutes when the catalogue changed; the end where it did not
 * @param minutes how long shoppers came
 * @param violations of the audit; empty when it is clean
 */
public record OnlineOutcome(
    String scenario,
    long seed,
    long searches,
    long failed,
    long robots,
    ArmFigures lastThird,
    Yardsticks before,
    Yardsticks after,
    List<VersionWorth> versions,
    double changedMinutes,
    double minutes,
    List<String> violations) {
  public OnlineOutcome {
    versions = List.copyOf(versions);
    violations = List.copyOf(violations);
  }

  /** Worth of the last release, on the last catalogue. */
  double lastWorth() {
    return versions.get(versions.size() - 1).worth();
  }

  /**
   * Worth that was lost a search, in the mean over the whole run, against somebody who knew from
   * the start.
   */
  double regret(ToDoubleFunction<Yardsticks> against) {
    List<Lost> lost = lost(against);
    return lost.get(lost.size() - 1).worth() / minutes;
  }

  /**
   * How that adds up: each release counts for as long as it was the newest, against the catalogue
   * of that time. A point for each release, and one for the end.
   */
  List<Lost> lost(ToDoubleFunction<Yardsticks> against) {
    List<Lost> lost = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < versions.size(); i++) {
      VersionWorth one = versions.get(i);
      double until = i + 1 < versions.size() ? versions.get(i + 1).minutes() : minutes;
      Yardsticks now = one.minutes() < changedMinutes ? before : after;
      lost.add(new Lost(one.minutes(), sum));
      sum += (against.applyAsDouble(now) - one.worth()) * Math.max(0, until - one.minutes());
    }
    lost.add(new Lost(minutes, sum));
    return lost;
  }

  /**
   * What was lost until a time.
   *
   * @param minutes from the opening of the shop
   * @param worth a search, times minutes
   */
  record Lost(double minutes, double worth) {}
}

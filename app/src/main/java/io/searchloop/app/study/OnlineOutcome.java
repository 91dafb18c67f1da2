package io.searchloop.app.study;

import io.searchloop.app.report.ArmFigures;
import java.util.List;
import java.util.Map;

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
 * @param fixed worth a search of what does not learn, by name
 * @param fixedAfter the same after the catalogue changed; as before where it did not
 * @param oracle worth a search of the best of those for each query apart
 * @param ideal worth a search of the best pages that judged products can fill
 * @param versions worth of each release, on the catalogue of its time
 * @param changedMinutes when the catalogue changed; 0 when it did not
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
    Map<String, Double> fixed,
    Map<String, Double> fixedAfter,
    double oracle,
    double ideal,
    List<VersionWorth> versions,
    double changedMinutes,
    double minutes,
    List<String> violations) {
  public OnlineOutcome {
    fixed = Map.copyOf(fixed);
    fixedAfter = Map.copyOf(fixedAfter);
    versions = List.copyOf(versions);
    violations = List.copyOf(violations);
  }

  /** The best of what does not learn. */
  double bestFixed() {
    return fixed.values().stream().mapToDouble(worth -> worth).max().orElseThrow();
  }

  /** Worth of the last release. */
  double lastWorth() {
    return versions.get(versions.size() - 1).worth();
  }

  /**
   * Worth that was lost a search, in the mean over the whole run, against somebody who knew from
   * the start: each release counts for as long as it was the newest.
   */
  double regret(double against) {
    double lost = 0;
    for (int i = 0; i < versions.size(); i++) {
      double until = i + 1 < versions.size() ? versions.get(i + 1).minutes() : minutes;
      lost += (against - versions.get(i).worth()) * Math.max(0, until - versions.get(i).minutes());
    }
    return lost / minutes;
  }
}

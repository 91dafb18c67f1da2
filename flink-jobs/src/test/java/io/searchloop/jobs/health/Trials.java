package io.searchloop.jobs.health;

import java.time.Duration;

/** Records of trials, with named times. */
final class Trials {
  static final long RELEASE = 9;
  static final long ACTIVE = 5;
  static final long T0 = Duration.ofDays(1).toMillis();
  static final Duration WINDOW = Duration.ofMinutes(10);
  static final Duration WAIT = Duration.ofMinutes(1);
  static final Duration MEMORY = Duration.ofHours(2);

  private Trials() {}

  static TrialConfig config() {
    return new TrialConfig(
        WINDOW,
        WAIT,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        MEMORY,
        40,
        40,
        30,
        Duration.ofSeconds(1),
        .3,
        .05,
        .5);
  }

  static TrialSearch search(String queryId, String visitor, boolean candidate, long time) {
    return new TrialSearch(queryId, visitor, RELEASE, 50, candidate, time, false, 12, 9, 0, true);
  }

  static SearchReward reward(String queryId, double reward, long time) {
    return new SearchReward(queryId, time, reward, reward == 0);
  }
}

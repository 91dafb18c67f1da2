package io.searchloop.app.study.bandit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Who searches for what, and when: drawn before anything is chosen, so that every policy meets the
 * same visitors. They arrive as a Poisson process and search one to three times, two minutes apart;
 * some are robots.
 *
 * @param searches in order of time
 */
record Traffic(List<Search> searches) {
  static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final int MOST_SEARCHES = 3;
  private static final Duration BETWEEN = Duration.ofMinutes(2);
  private static final double MEAN_SEARCHES = (1 + MOST_SEARCHES) / 2.0;
  private static final double DAY_SECONDS = Duration.ofDays(1).toSeconds();

  Traffic {
    searches = List.copyOf(searches);
  }

  /**
   * @param visitor number of the visitor, who may search again
   * @param last whether it is the visitor's last search
   * @param kind whether the visitor is a shopper or a robot
   * @param query rank of the query
   */
  record Search(String id, int visitor, boolean last, VisitorKind kind, int query, Instant when) {}

  static Traffic draw(BanditPlan plan, Zipf zipf, int searches, double robots, long seed) {
    RandomStreams streams = RandomStreams.of(seed);
    SplittableRandom arrivals = streams.arrivals();
    List<Search> drawn = new ArrayList<>();
    double second = 0;
    for (int visitor = 0; drawn.size() < searches; visitor++) {
      second += arrivals.nextExponential() * MEAN_SEARCHES * DAY_SECONDS / plan.searchesPerDay();
      Instant arrival = START.plusMillis((long) (1000 * second));
      VisitorKind kind = VisitorKind.of(arrivals.nextDouble(), robots);
      int count = Math.min(1 + arrivals.nextInt(MOST_SEARCHES), searches - drawn.size());
      for (int i = 0; i < count; i++) {
        drawn.add(
            new Search(
                "s" + drawn.size(),
                visitor,
                i == count - 1,
                kind,
                zipf.next(streams.intents()),
                arrival.plus(BETWEEN.multipliedBy(i))));
      }
    }
    drawn.sort(Comparator.comparing(Search::when));
    return new Traffic(drawn);
  }
}

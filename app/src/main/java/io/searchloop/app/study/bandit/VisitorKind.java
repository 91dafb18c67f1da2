package io.searchloop.app.study.bandit;

import io.searchloop.app.simulation.SearchPage;
import io.searchloop.schemas.SearchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a visitor is: a shopper, or one of two kinds of robots. */
enum VisitorKind {
  /** Wants something, and reacts by its grades. */
  SHOPPER(0, Duration.ZERO),
  /** Clicks every product, a fifth of a second apart: trust rules know it. */
  CLICKS_ALL(1, Duration.ofMillis(200)),
  /** Clicks every other product by chance, five seconds apart: like a shopper, to the rules. */
  CLICKS_AT_RANDOM(.5, Duration.ofSeconds(5));

  private final double share;
  private final Duration pause;

  VisitorKind(double share, Duration pause) {
    this.share = share;
    this.pause = pause;
  }

  /** Half the robots are of either kind. */
  static VisitorKind of(double u, double robots) {
    return u >= robots ? SHOPPER : u < robots / 2 ? CLICKS_ALL : CLICKS_AT_RANDOM;
  }

  /** What a robot does with a page. */
  List<SearchEvent> react(String visitor, SearchPage page, Instant shown, RandomGenerator random) {
    List<SearchEvent> events = new ArrayList<>();
    events.add(event(visitor, page, "impression", 0, shown).setPage(page.products()).build());
    Instant now = shown;
    for (int place = 1; place <= page.products().size(); place++) {
      if (random.nextDouble() < share) {
        now = now.plus(pause);
        events.add(
            event(visitor, page, "click", place, now)
                .setObjectId(page.products().get(place - 1))
                .setPositionOrdinal(place)
                .build());
      }
    }
    return events;
  }

  private static SearchEvent.Builder event(
      String visitor, SearchPage page, String action, int place, Instant when) {
    return SearchEvent.newBuilder()
        .setEventId(page.queryId() + "-" + action + place)
        .setQueryId(page.queryId())
        .setClientId(visitor)
        .setSessionId(visitor)
        .setActionName(action)
        .setTimestamp(when);
  }
}

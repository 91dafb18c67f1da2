package io.searchloop.app.replay;

import io.searchloop.app.dataset.LoggedClick;
import io.searchloop.app.dataset.PastEvents;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A log of clicks on search results, sorted by click time: user, query, its time, the product.
 * Clicks of one user on one query of one time belong to one search.
 */
final class SearchClickLog implements PastShop {
  /** Shoppers of the log clicked within five minutes; later ones may come late. */
  private static final Duration HORIZON = Duration.ofMinutes(10);

  /** Searches whose further clicks are still expected: far more than happen within the horizon. */
  private static final int OPEN_SEARCHES = 10_000;

  @Override
  public String label() {
    return "Clicks and queries are real; the log kept no impressions, so each search's decision and"
        + " page are reconstructed by searching as typed.";
  }

  @Override
  public Map<String, String> defaults() {
    return Map.of(
        "reward.short-window", "PT30M",
        "reward.long-window", "P7D",
        "assembly.group-timeout", "P7D",
        "assembly.max-age", "P30D");
  }

  @Override
  public Duration horizon() {
    return HORIZON;
  }

  @Override
  public Map<String, Long> replay(
      PastEvents log, long limit, ReconstructedSearches searches, EventTimeOrder records) {
    Tally tally = new Tally();
    Map<String, Decision> open = new LastUsed<>(OPEN_SEARCHES);
    log.forEach(
        limit,
        line -> {
          tally.add("lines");
          Optional<LoggedClick> click = LoggedClick.of(line);
          if (click.isEmpty()) {
            tally.add("unusable_lines");
            return;
          }
          records.advance(click.get().clickedAt());
          Decision search =
              open.computeIfAbsent(
                  click.get().search(), key -> search(log, click.get(), searches, records, tally));
          records.accept(event(log, click.get(), search, tally));
        });
    records.finish();
    return tally.counts();
  }

  private static Decision search(
      PastEvents log,
      LoggedClick click,
      ReconstructedSearches searches,
      EventTimeOrder records,
      Tally tally) {
    Decision decision =
        searches.decision(
            log.name() + "/" + click.id(), click.visitor(), click.query(), click.searchedAt());
    records.accept(decision);
    records.accept(searches.impression(decision));
    tally.add("searches");
    return decision;
  }

  private static SearchEvent event(
      PastEvents log, LoggedClick click, Decision search, Tally tally) {
    int position = ReconstructedSearches.position(search, click.product());
    if (position > 0) {
      tally.add("clicks_on_the_page");
    } else {
      tally.add(
          log.products().containsKey(click.product())
              ? "clicks_beyond_the_page"
              : "clicks_outside_the_catalogue");
    }
    return SearchEvent.newBuilder()
        .setEventId(log.name() + "/click/" + click.id())
        .setQueryId(search.getQueryId())
        .setClientId(click.visitor())
        .setActionName("click")
        .setTimestamp(click.clickedAt())
        .setObjectId(click.product())
        .setPositionOrdinal(position)
        .build();
  }

  /** Forgets what was not asked for longest. */
  private static final class LastUsed<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;
    private final int most;

    LastUsed(int most) {
      super(16, .75f, true);
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > most;
    }
  }
}

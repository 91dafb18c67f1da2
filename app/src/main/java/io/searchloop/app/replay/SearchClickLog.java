package io.searchloop.app.replay;

import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.app.dataset.PastEvents;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A log of clicks on search results, sorted by click time: user, query, its time, the product.
 * Clicks of one user on one query of one time belong to one search.
 */
final class SearchClickLog implements PastShop {
  /** Type of its lines. */
  static final String CLICK = "search_click";

  /** Shoppers of the log clicked within five minutes; later ones may come late. */
  private static final Duration HORIZON = Duration.ofMinutes(10);

  /** Searches whose further clicks are still expected: far more than happen within the horizon. */
  private static final int OPEN_SEARCHES = 10_000;

  /** A line of the log with all that a click needs. */
  private record Click(
      String id, String user, String query, String product, Instant searchedAt, Instant clickedAt) {
    static Optional<Click> of(JsonNode line) {
      String user = line.path("user_id").asText("");
      String query = line.path("query").asText("");
      String product = line.path("product_id").asText("");
      Optional<Instant> searchedAt = LogTime.of(line, "query_time");
      Optional<Instant> clickedAt = LogTime.of(line, "click_time");
      if (user.isEmpty()
          || query.isBlank()
          || product.isEmpty()
          || searchedAt.isEmpty()
          || clickedAt.isEmpty()) {
        return Optional.empty();
      }
      String id = line.path("event_id").asText("");
      return Optional.of(new Click(id, user, query, product, searchedAt.get(), clickedAt.get()));
    }

    String search() {
      return user + '\n' + query + '\n' + searchedAt;
    }
  }

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
          Optional<Click> click = Click.of(line);
          if (!line.path("type").asText("").equals(CLICK) || click.isEmpty()) {
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
      Click click,
      ReconstructedSearches searches,
      EventTimeOrder records,
      Tally tally) {
    Decision decision =
        searches.decision(
            log.name() + "/" + click.id(), click.user(), click.query(), click.searchedAt());
    records.accept(decision);
    records.accept(searches.impression(decision));
    tally.add("searches");
    return decision;
  }

  private static SearchEvent event(PastEvents log, Click click, Decision search, Tally tally) {
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
        .setClientId(click.user())
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

package io.searchloop.app.simulation;

import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.schemas.SearchEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A scraper: follows every link of the page as fast as it can, carts all of it, buys nothing. To a
 * reward that believes every click, each page it sees is the best there is.
 */
final class Robot implements Visitor {
  private static final Duration HASTE = Duration.ofMillis(20);

  private final Journal journal;
  private final RandomGenerator random;

  Robot(String visitorId, RandomGenerator random) {
    this.journal = new Journal(visitorId);
    this.random = random;
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public List<SearchEvent> search(JudgedQuery intent, StorefrontClient shop, InstantSource clock) {
    SearchPage page = shop.search(intent.text(), journal.visitorId(), journal.sessionId());
    Instant now = clock.instant();
    List<SearchEvent> events = new ArrayList<>();
    events.add(journal.query(page, intent.text(), now));
    events.add(journal.impression(page, now));
    for (int position = 1; position <= page.products().size(); position++) {
      now = now.plus(HASTE);
      events.add(journal.click(page, position, now));
      now = now.plus(HASTE);
      events.add(
          journal.event("add_to_cart", now).setObjectId(page.products().get(position - 1)).build());
    }
    return events;
  }
}

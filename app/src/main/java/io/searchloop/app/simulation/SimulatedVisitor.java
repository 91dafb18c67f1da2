package io.searchloop.app.simulation;

import io.searchloop.app.dataset.GradeScale;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.schemas.SearchEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A shopper who is shown pages by a study instead of a running shop, and reacts as those of the
 * demo do. Used by one thread.
 */
public final class SimulatedVisitor {
  private final Shopper shopper;

  /**
   * @param id unique: it is part of the ids of all that follows
   * @param scale what the grades are worth
   * @param random of all choices
   */
  public SimulatedVisitor(
      String id, GradeScale scale, ShopperConfig config, RandomGenerator random) {
    this.shopper = new Shopper(id, new ClickModel(scale, config), config, random);
  }

  /** Everything that follows from a page, in the order of event time. */
  public List<SearchEvent> react(JudgedQuery intent, SearchPage page, Instant shown) {
    return shopper.search(intent, new Shown(page), InstantSource.fixed(shown));
  }

  /** Answers every search with one page. */
  private record Shown(SearchPage page) implements StorefrontClient {
    @Override
    public SearchPage search(String query, String clientId, String sessionId) {
      return page;
    }

    @Override
    public void send(List<SearchEvent> events) {
      throw new IllegalStateException("Events are returned to the study, and sent nowhere.");
    }
  }
}

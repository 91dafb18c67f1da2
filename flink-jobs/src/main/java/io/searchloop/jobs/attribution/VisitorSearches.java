package io.searchloop.jobs.attribution;

import io.searchloop.learning.event.Action;
import io.searchloop.learning.reward.ShopperReward;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.SearchEvent;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.util.Collector;

/**
 * The searches of the current visitor and the rules that lay an outcome to one of them. Callers
 * feed it in the order of event time; a search is known exactly as long as its windows are open.
 */
final class VisitorSearches {
  /** When a search wants to be looked at again. */
  @FunctionalInterface
  interface Reminder {
    void at(long time, String queryId) throws Exception;
  }

  private final MapState<String, SearchState> searches;
  private final RewardConfig config;
  private final ShopperReward reward;

  VisitorSearches(MapState<String, SearchState> searches, RewardConfig config) {
    this.searches = searches;
    this.config = config;
    this.reward = new ShopperReward(config);
  }

  boolean knows(String queryId) throws Exception {
    return searches.contains(queryId);
  }

  /** Opens the search of a decision. Returns whether its tuples will be rewarded. */
  boolean open(Decision decision, Reminder reminder) throws Exception {
    SearchState search = new SearchState();
    search.queryId = decision.getQueryId();
    search.decidedAt = decision.getTimestamp().toEpochMilli();
    search.rollout = RewardTuples.rollout(decision, config).orElse(null);
    searches.put(search.queryId, search);
    reminder.at(search.decidedAt + config.getLongWindowMs(), search.queryId);
    return search.rollout != null;
  }

  /** The search an event belongs to; empty for a dangling one. */
  Optional<SearchState> resolve(Action action, SearchEvent event) throws Exception {
    return switch (action) {
      case QUERY, IMPRESSION -> named(event);
      case CLICK -> named(event).filter(SearchState::shown);
      case ADD_TO_CART, REMOVE_FROM_CART, PURCHASE ->
          event.getQueryId().isEmpty()
              ? lastTouched(event.getObjectId())
              : named(event).filter(SearchState::shown);
      case REFUND -> payer(ShopperReward.orderLine(event));
    };
  }

  /** Applies an event to its search; a change after the base tuple leaves as a correction. */
  void apply(
      SearchState search,
      Action action,
      SearchEvent event,
      String identity,
      Reminder reminder,
      Collector<RewardTuple> tuples)
      throws Exception {
    long time = event.getTimestamp().toEpochMilli();
    switch (action) {
      case QUERY -> {}
      case IMPRESSION -> show(search, time, reminder);
      case CLICK, ADD_TO_CART, REMOVE_FROM_CART, PURCHASE, REFUND -> {
        if (action == Action.CLICK) {
          search.touches.put(event.getObjectId(), new Touch(time, identity));
        }
        settle(search, action, event, tuples);
      }
    }
    searches.put(search.queryId, search);
  }

  /** Does what is due for a search at an instant: base tuple, or the end. */
  void advance(String queryId, long time, Collector<RewardTuple> tuples) throws Exception {
    SearchState search = searches.get(queryId);
    if (search == null) {
      return;
    }
    if (search.shown()
        && !search.baseEmitted
        && time >= search.shownAt + config.getShortWindowMs()) {
      search.baseEmitted = true;
      if (search.rollout != null) {
        tuples.collect(RewardTuples.base(search.rollout, search));
      }
      searches.put(queryId, search);
    }
    long start = search.shown() ? search.shownAt : search.decidedAt;
    if (time >= start + config.getLongWindowMs()) {
      searches.remove(queryId);
    }
  }

  private void show(SearchState search, long time, Reminder reminder) throws Exception {
    if (search.shown()) {
      return;
    }
    search.shownAt = time;
    search.outcomeTime = time;
    reminder.at(time + config.getShortWindowMs(), search.queryId);
    reminder.at(time + config.getLongWindowMs(), search.queryId);
  }

  private void settle(
      SearchState search, Action action, SearchEvent event, Collector<RewardTuple> tuples)
      throws Exception {
    if (action == Action.PURCHASE && payer(ShopperReward.orderLine(event)).isPresent()) {
      return;
    }
    double change = reward.settle(action, event, search.paid);
    if (change == 0) {
      return;
    }
    search.outcomeTime = event.getTimestamp().toEpochMilli();
    if (!search.baseEmitted) {
      search.terms = search.terms.plus(action, change);
      return;
    }
    search.corrections++;
    if (search.rollout != null) {
      tuples.collect(RewardTuples.correction(search.rollout, search, action, event, change));
    }
  }

  private Optional<SearchState> named(SearchEvent event) throws Exception {
    return Optional.ofNullable(searches.get(event.getQueryId()));
  }

  private Optional<SearchState> lastTouched(String product) throws Exception {
    return known()
        .filter(search -> search.touches.containsKey(product))
        .max(Comparator.comparing(search -> search.touches.getOrDefault(product, Touch.NONE)));
  }

  /** The search an order line was paid to. */
  private Optional<SearchState> payer(String orderLine) throws Exception {
    return known().filter(search -> search.paid.containsKey(orderLine)).findFirst();
  }

  private Stream<SearchState> known() throws Exception {
    return StreamSupport.stream(searches.values().spliterator(), false);
  }
}

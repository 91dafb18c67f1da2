package io.searchloop.learning.oracle;

import io.searchloop.learning.event.Action;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything one visitor did in one {@link VisitorLife}, worked off in causal order: first each
 * record gets its class and each event its search, then all outcomes are priced. Within one instant
 * decisions come first, so they are sorted apart.
 */
final class VisitorHistory {
  private static final Comparator<Located<Decision>> DECISION_ORDER =
      Comparator.comparingLong(VisitorHistory::time)
          .thenComparing(located -> located.record().getQueryId())
          .thenComparing(Located::position, SourcePosition.ORDER);

  /** An outcome and the search that is credited with it. */
  private record Earning(SearchInterval search, Outcome outcome) {}

  private final ConfigSchedule configs;
  private final long erasedUntil;
  private final Map<SourcePosition, RecordClass> classes = new HashMap<>();
  private final List<SearchInterval> searches = new ArrayList<>();
  private final List<Earning> earnings = new ArrayList<>();
  private final Map<String, Long> repeatedUntil = new HashMap<>();
  private final OpenSearches open = new OpenSearches();
  private final TrustRules trust = new TrustRules();
  private final WindowCount shownSearches = new WindowCount();
  private long quarantinedUntil = Long.MIN_VALUE;

  VisitorHistory(ConfigSchedule configs, VisitorLife life) {
    this.configs = configs;
    this.erasedUntil = life.erasedUntil();
    workOff(life.decisions(), life.events());
    life.end().ifPresent(open::erase);
    VisitorCap cap = new VisitorCap(configs);
    earnings.forEach(earning -> earning.search().settle(earning.outcome(), cap));
  }

  /** Class of every record. */
  Map<SourcePosition, RecordClass> classes() {
    return classes;
  }

  /** Every search the visitor made, shown or not. */
  List<SearchInterval> searches() {
    return searches;
  }

  private void workOff(List<Located<Decision>> decisions, List<Located<SearchEvent>> events) {
    Deque<Located<Decision>> ahead =
        new ArrayDeque<>(decisions.stream().sorted(DECISION_ORDER).toList());
    List<PlacedEvent> placed =
        events.stream().map(PlacedEvent::of).sorted(PlacedEvent.CAUSAL_ORDER).toList();
    for (PlacedEvent event : placed) {
      while (!ahead.isEmpty() && time(ahead.element()) <= event.time()) {
        decide(ahead.remove());
      }
      classes.put(event.position(), classify(event));
    }
    ahead.forEach(this::decide);
  }

  private void decide(Located<Decision> located) {
    classes.put(located.position(), classify(located.record(), time(located)));
  }

  private RecordClass classify(Decision decision, long time) {
    if (open.named(decision.getQueryId(), time).isPresent()) {
      return RecordClass.DUPLICATE;
    }
    if (time <= quarantinedUntil) {
      return RecordClass.QUARANTINED;
    }
    SearchInterval search = new SearchInterval(decision, time + longWindow(time));
    open.add(search);
    searches.add(search);
    return RecordClass.JOINED;
  }

  private RecordClass classify(PlacedEvent event) {
    if (event.action() == Action.ERASE) {
      return RecordClass.ERASED;
    }
    if (event.time() <= repeatedUntil.getOrDefault(event.identity(), Long.MIN_VALUE)) {
      return RecordClass.DUPLICATE;
    }
    repeatedUntil.put(event.identity(), event.time() + longWindow(event.time()));
    if (event.time() <= quarantinedUntil) {
      return RecordClass.QUARANTINED;
    }
    RewardConfig config = configs.at(event.time());
    Optional<SearchInterval> search = open.searchOf(event);
    if (trust.condemns(event, search, config)) {
      quarantinedUntil = event.time() + config.getQuarantineMs();
      trust.forget();
      open.end(event.time());
      return RecordClass.QUARANTINED;
    }
    search.ifPresent(s -> join(event, s));
    if (search.isPresent()) {
      return RecordClass.JOINED;
    }
    return event.time() <= erasedUntil ? RecordClass.ERASED : RecordClass.DANGLING;
  }

  private void join(PlacedEvent event, SearchInterval search) {
    switch (event.action()) {
      case QUERY, ERASE -> {}
      case IMPRESSION -> impress(event, search);
      case CLICK, ADD_TO_CART -> {
        open.touch(event, search);
        earn(search, new Outcome(event, null));
      }
      case REMOVE_FROM_CART -> earn(search, new Outcome(event, null));
      case PURCHASE -> purchase(event, search);
      case REFUND -> open.paidLine(event).ifPresent(l -> earn(search, new Outcome(event, l)));
    }
  }

  private void impress(PlacedEvent impression, SearchInterval search) {
    boolean first = !search.shown();
    if (first) {
      search.show(impression.time(), configs.at(impression.time()), countShown(impression.time()));
    }
    if (!impression.event().getView().isEmpty()) {
      search.rearrange(first);
    }
  }

  /** Counts a shown search; whether it may be trained on. */
  private boolean countShown(long time) {
    int most = configs.at(time).getVisitorMaxSearches();
    if (most <= 0) {
      return true;
    }
    shownSearches.add(time, 1);
    return shownSearches.since(configs.capWindowStart(time)) <= most;
  }

  /** A line that an open search was paid for already earns no second time. */
  private void purchase(PlacedEvent event, SearchInterval search) {
    if (open.paidLine(event).isEmpty()) {
      PaidLine line = new PaidLine(search, event.event().getQuantity());
      open.pay(event, line);
      earn(search, new Outcome(event, line));
    }
  }

  /** What was earned before a page became void can still be returned. */
  private void earn(SearchInterval search, Outcome outcome) {
    if (search.earns() || outcome.action() == Action.REFUND) {
      earnings.add(new Earning(search, outcome));
    }
  }

  private long longWindow(long time) {
    return configs.at(time).getLongWindowMs();
  }

  private static long time(Located<Decision> located) {
    return located.record().getTimestamp().toEpochMilli();
  }
}

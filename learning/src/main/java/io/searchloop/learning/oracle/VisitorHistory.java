package io.searchloop.learning.oracle;

import io.searchloop.learning.event.Action;
import io.searchloop.learning.event.EventIdentity;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Everything one visitor did, in the order of event time, with each event laid to its search. */
final class VisitorHistory {
  private static final Comparator<SourcePosition> BY_POSITION =
      Comparator.comparing(SourcePosition::offset)
          .thenComparing(SourcePosition::topic)
          .thenComparing(SourcePosition::partition);

  /** A click that made a product belong to a search. */
  private record Touch(String product, SearchInterval search) {}

  private final RewardConfig config;
  private final Map<SourcePosition, RecordClass> classes = new HashMap<>();
  private final List<SearchInterval> searches = new ArrayList<>();
  private final List<Touch> touches = new ArrayList<>();
  private final Map<String, SearchInterval> lineOwners = new HashMap<>();

  VisitorHistory(
      RewardConfig config, List<Located<Decision>> decisions, List<Located<SearchEvent>> events) {
    this.config = config;
    List<Located<SearchEvent>> distinct = distinct(events);
    layOutSearches(decisions, distinct);
    distinct.forEach(this::attribute);
  }

  /** Class of every record. */
  Map<SourcePosition, RecordClass> classes() {
    return classes;
  }

  /** Every search the visitor made, shown or not. */
  Collection<SearchInterval> searches() {
    return searches;
  }

  /** Sorts events and drops repetitions within the long window of the first. */
  private List<Located<SearchEvent>> distinct(List<Located<SearchEvent>> events) {
    Comparator<Located<SearchEvent>> causalOrder =
        Comparator.comparing((Located<SearchEvent> e) -> time(e))
            .thenComparing(e -> action(e.record()))
            .thenComparing(e -> EventIdentity.of(e.record()))
            .thenComparing(Located::position, BY_POSITION);
    Map<String, Long> firstSeen = new HashMap<>();
    List<Located<SearchEvent>> distinct = new ArrayList<>();
    for (Located<SearchEvent> event : events.stream().sorted(causalOrder).toList()) {
      String id = EventIdentity.of(event.record());
      Long first = firstSeen.get(id);
      if (first != null && time(event) <= first + config.getLongWindowMs()) {
        classes.put(event.position(), RecordClass.DUPLICATE);
      } else {
        firstSeen.put(id, time(event));
        distinct.add(event);
      }
    }
    return distinct;
  }

  private void layOutSearches(
      List<Located<Decision>> decisions, List<Located<SearchEvent>> events) {
    Map<String, List<Long>> impressions =
        events.stream()
            .filter(event -> action(event.record()) == Action.IMPRESSION)
            .collect(
                Collectors.groupingBy(
                    event -> event.record().getQueryId(),
                    Collectors.mapping(VisitorHistory::time, Collectors.toList())));
    Map<String, SearchInterval> latest = new HashMap<>();
    decisions.stream()
        .sorted(
            Comparator.comparing((Located<Decision> d) -> d.record().getTimestamp())
                .thenComparing(Located::position, BY_POSITION))
        .forEach(
            decision -> {
              String queryId = decision.record().getQueryId();
              SearchInterval earlier = latest.get(queryId);
              long time = decision.record().getTimestamp().toEpochMilli();
              if (earlier != null && earlier.open(time)) {
                classes.put(decision.position(), RecordClass.DUPLICATE);
                return;
              }
              SearchInterval search =
                  new SearchInterval(
                      decision.record(),
                      impressions.getOrDefault(queryId, List.of()),
                      config.getLongWindowMs());
              latest.put(queryId, search);
              searches.add(search);
              classes.put(decision.position(), RecordClass.JOINED);
            });
  }

  private void attribute(Located<SearchEvent> located) {
    SearchEvent event = located.record();
    long time = time(located);
    Action action = action(event);
    Optional<SearchInterval> search =
        switch (action) {
          case QUERY, IMPRESSION -> named(event, time);
          case CLICK -> named(event, time).filter(s -> s.shown(time));
          case ADD_TO_CART, REMOVE_FROM_CART, PURCHASE ->
              event.getQueryId().isEmpty()
                  ? lastTouched(event.getObjectId(), time)
                  : named(event, time).filter(s -> s.shown(time));
          case REFUND -> owner(event, time);
        };
    classes.put(located.position(), search.isPresent() ? RecordClass.JOINED : RecordClass.DANGLING);
    search.ifPresent(s -> record(s, action, event, time));
  }

  private void record(SearchInterval search, Action action, SearchEvent event, long time) {
    if (action == Action.CLICK) {
      touches.add(new Touch(event.getObjectId(), search));
    }
    boolean lineTaken = action == Action.PURCHASE && owner(event, time).isPresent();
    if (action == Action.PURCHASE && !lineTaken) {
      lineOwners.put(line(event), search);
    }
    if (!lineTaken) {
      search.outcomes().add(new SearchInterval.Outcome(time, action, event));
    }
  }

  private Optional<SearchInterval> named(SearchEvent event, long time) {
    return searches.stream()
        .filter(search -> search.queryId().equals(event.getQueryId()) && search.open(time))
        .findFirst();
  }

  private Optional<SearchInterval> lastTouched(String product, long time) {
    return touches.stream()
        .filter(touch -> touch.product().equals(product) && touch.search().open(time))
        .reduce((earlier, later) -> later)
        .map(Touch::search);
  }

  private Optional<SearchInterval> owner(SearchEvent event, long time) {
    return Optional.ofNullable(lineOwners.get(line(event))).filter(search -> search.open(time));
  }

  static String line(SearchEvent event) {
    return event.getOrderId() + " line " + event.getOrderLine();
  }

  private static long time(Located<SearchEvent> located) {
    return located.record().getTimestamp().toEpochMilli();
  }

  private static Action action(SearchEvent event) {
    return Action.of(event.getActionName())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Event %s has unknown action %s and is not among the dead letters. Pass every dead letter of the job."
                        .formatted(event.getEventId(), event.getActionName())));
  }
}

package io.searchloop.learning.oracle;

import io.searchloop.learning.event.Action;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * What a visitor did between two erasures, of which the next life knows nothing. An erasure comes
 * after everything else of its instant.
 *
 * @param decisions what workers decided for the visitor, in any order
 * @param events what the visitor did, in any order, the erasure that ends it among them
 * @param erasedUntil last instant at which an event of no search is taken for one of the life
 *     before
 * @param end the erasure that ends it; empty for the present life
 */
record VisitorLife(
    List<Located<Decision>> decisions,
    List<Located<SearchEvent>> events,
    long erasedUntil,
    OptionalLong end) {

  /** All lives of a visitor, the first first. */
  static List<VisitorLife> of(
      ConfigSchedule configs,
      List<Located<Decision>> decisions,
      List<Located<SearchEvent>> events) {
    TreeSet<Long> erasures = new TreeSet<>();
    String erase = Action.ERASE.wireName();
    events.stream()
        .filter(event -> event.record().getActionName().equals(erase))
        .forEach(event -> erasures.add(time(event.record())));
    List<VisitorLife> lives = new ArrayList<>();
    long begin = Long.MIN_VALUE;
    long erasedUntil = Long.MIN_VALUE;
    for (long end : erasures) {
      lives.add(
          new VisitorLife(
              between(begin, end, decisions, d -> d.getTimestamp().toEpochMilli()),
              between(begin, end, events, VisitorLife::time),
              erasedUntil,
              OptionalLong.of(end)));
      begin = end;
      erasedUntil = end + configs.at(end).getLongWindowMs();
    }
    lives.add(
        new VisitorLife(
            between(begin, Long.MAX_VALUE, decisions, d -> d.getTimestamp().toEpochMilli()),
            between(begin, Long.MAX_VALUE, events, VisitorLife::time),
            erasedUntil,
            OptionalLong.empty()));
    return lives;
  }

  private static <T> List<Located<T>> between(
      long after, long until, List<Located<T>> records, ToLongFunction<T> time) {
    return records.stream()
        .filter(located -> time.applyAsLong(located.record()) > after)
        .filter(located -> time.applyAsLong(located.record()) <= until)
        .toList();
  }

  private static long time(SearchEvent event) {
    return event.getTimestamp().toEpochMilli();
  }
}

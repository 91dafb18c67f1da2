package io.searchloop.app.replay;

import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps what was passed on, in order. */
final class RecordingOutlet implements Outlet {
  final List<Decision> decisions = new ArrayList<>();
  final List<SearchEvent> events = new ArrayList<>();
  final List<Instant> times = new ArrayList<>();

  @Override
  public void accept(Decision decision) {
    decisions.add(decision);
    times.add(decision.getTimestamp());
  }

  @Override
  public void accept(SearchEvent event) {
    events.add(event);
    times.add(event.getTimestamp());
  }

  List<SearchEvent> events(String action) {
    return events.stream().filter(event -> event.getActionName().equals(action)).toList();
  }
}

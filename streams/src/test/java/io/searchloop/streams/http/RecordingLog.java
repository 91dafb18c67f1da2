package io.searchloop.streams.http;

import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.streams.signal.DecisionLog;
import io.searchloop.streams.signal.EventLog;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what would go to Kafka; can stop acknowledging. */
final class RecordingLog implements DecisionLog, EventLog {
  final List<Decision> decisions = new CopyOnWriteArrayList<>();
  final Map<String, SearchEvent> events = new ConcurrentHashMap<>();
  final List<DeadLetter> deadLetters = new CopyOnWriteArrayList<>();
  volatile CompletableFuture<Void> acknowledgement = CompletableFuture.completedFuture(null);

  @Override
  public void append(Decision decision) {
    decisions.add(decision);
  }

  @Override
  public CompletableFuture<Void> append(SearchEvent event, String visitorKey) {
    events.put(visitorKey, event);
    return acknowledgement;
  }

  @Override
  public CompletableFuture<Void> refuse(DeadLetter letter) {
    deadLetters.add(letter);
    return acknowledgement;
  }
}

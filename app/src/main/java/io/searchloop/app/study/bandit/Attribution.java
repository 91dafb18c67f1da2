package io.searchloop.app.study.bandit;

import io.searchloop.learning.oracle.BatchOracle;
import io.searchloop.learning.oracle.EventLog;
import io.searchloop.learning.oracle.ExpectedTuple;
import io.searchloop.learning.oracle.Located;
import io.searchloop.learning.oracle.SourcePartition;
import io.searchloop.learning.oracle.SourcePosition;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pays one visitor's searches exactly as the loop would, quarantine included, by asking the oracle
 * that the attribution job is checked with what is known at each instant that matters.
 */
final class Attribution {
  private static final SourcePartition DECISIONS = new SourcePartition("decisions", 0);
  private static final SourcePartition EVENTS = new SourcePartition("events", 0);
  private static final Set<String> LATE = Set.of("purchase", "refund");

  private final BatchOracle oracle;
  private final long windowMs;

  Attribution(RewardConfig config) {
    this.oracle = new BatchOracle(List.of(config));
    this.windowMs = config.getShortWindowMs();
  }

  /**
   * What a search earned, or a change of that.
   *
   * @param sequence 0 for the base tuple, then corrections
   * @param when it is known
   */
  record Payment(String search, int sequence, double reward, Instant when) {}

  /** A search that was shown. */
  static Decision decision(String search, String visitor, Instant when) {
    Candidate candidate =
        Candidate.newBuilder().setRolloutId(search).setRewrite("").setTrainable(true).build();
    return Decision.newBuilder()
        .setQueryId(search)
        .setClientId(visitor)
        .setTimestamp(when)
        .setMode(DecisionMode.ASSIGNED)
        .setCandidates(List.of(candidate))
        .setServed(List.of(0))
        .build();
  }

  /**
   * Everything the searches of one visitor earn, in order of time. Base tuples of one visit come
   * together, when the window of its last search has passed.
   */
  List<Payment> pay(List<Decision> decisions, List<SearchEvent> events) {
    List<Located<Decision>> shown = located(DECISIONS, decisions);
    List<Located<SearchEvent>> done = located(EVENTS, events);
    Map<SourcePartition, Long> read =
        Map.of(DECISIONS, (long) decisions.size(), EVENTS, (long) events.size());
    List<Payment> payments = new ArrayList<>();
    Map<String, Integer> paid = new HashMap<>();
    for (long time : instants(decisions, events)) {
      EventLog log = new EventLog(shown, done, Set.of(), Set.of(), read, time);
      for (ExpectedTuple tuple : oracle.expect(log).tuples()) {
        if (tuple.sequence() >= paid.getOrDefault(tuple.queryId(), 0)) {
          paid.put(tuple.queryId(), tuple.sequence() + 1);
          payments.add(
              new Payment(
                  tuple.queryId(), tuple.sequence(), tuple.reward(), Instant.ofEpochMilli(time)));
        }
      }
    }
    return payments;
  }

  private Set<Long> instants(List<Decision> decisions, List<SearchEvent> events) {
    long last =
        decisions.stream()
            .map(Decision::getTimestamp)
            .max(Comparator.naturalOrder())
            .orElseThrow()
            .toEpochMilli();
    Set<Long> instants = new TreeSet<>(Set.of(last + windowMs));
    events.stream()
        .filter(event -> LATE.contains(event.getActionName()))
        .map(event -> event.getTimestamp().toEpochMilli())
        .filter(time -> time > last + windowMs)
        .forEach(instants::add);
    return instants;
  }

  private static <T> List<Located<T>> located(SourcePartition partition, List<T> records) {
    List<Located<T>> located = new ArrayList<>();
    for (T record : records) {
      located.add(
          new Located<>(
              new SourcePosition(partition.topic(), partition.partition(), located.size()),
              record));
    }
    return located;
  }
}

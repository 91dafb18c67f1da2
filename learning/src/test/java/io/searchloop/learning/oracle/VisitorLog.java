package io.searchloop.learning.oracle;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** One visitor's log, written record by record. Times are epoch milliseconds. */
final class VisitorLog {
  static final SourcePartition DECISIONS = new SourcePartition("decisions", 0);
  static final SourcePartition EVENTS = new SourcePartition("events", 0);

  private final List<Located<Decision>> decisions = new ArrayList<>();
  private final List<Located<SearchEvent>> events = new ArrayList<>();
  private final Set<SourcePosition> late = new HashSet<>();
  private final List<RewardConfig> configs = new ArrayList<>();

  /** A configuration in force from 0 on, with windows of 100 and 1000 ms. */
  static VisitorLog under(UnaryOperator<RewardConfig.Builder> settings) {
    return new VisitorLog().from(0, settings);
  }

  /** A further configuration. */
  VisitorLog from(long effectiveFrom, UnaryOperator<RewardConfig.Builder> settings) {
    RewardConfig.Builder config =
        RewardConfig.newBuilder()
            .setName("from " + effectiveFrom)
            .setEffectiveFrom(Instant.ofEpochMilli(effectiveFrom))
            .setShortWindowMs(100)
            .setLongWindowMs(1000);
    configs.add(settings.apply(config).build());
    return this;
  }

  /** An assigned search of one trainable candidate, {@code queryId#0}. */
  VisitorLog decision(String queryId, long time) {
    return decision(queryId, time, UnaryOperator.identity());
  }

  VisitorLog decision(String queryId, long time, UnaryOperator<Decision.Builder> details) {
    Decision.Builder decision =
        Decision.newBuilder()
            .setQueryId(queryId)
            .setClientId("v")
            .setTimestamp(Instant.ofEpochMilli(time))
            .setMode(DecisionMode.ASSIGNED)
            .setCandidates(List.of(candidate(queryId + "#0")))
            .setServed(List.of(0));
    SourcePosition position = new SourcePosition("decisions", 0, decisions.size());
    decisions.add(new Located<>(position, details.apply(decision).build()));
    return this;
  }

  /** A decision and its impression at one instant. */
  VisitorLog shown(String queryId, long time) {
    return decision(queryId, time).event("impression", queryId, time);
  }

  VisitorLog event(String action, String queryId, long time) {
    return event(action, queryId, "", time);
  }

  VisitorLog event(String action, String queryId, String product, long time) {
    return event(action, queryId, product, time, UnaryOperator.identity());
  }

  VisitorLog event(
      String action,
      String queryId,
      String product,
      long time,
      UnaryOperator<SearchEvent.Builder> details) {
    SearchEvent.Builder event =
        SearchEvent.newBuilder()
            .setEventId("e" + events.size())
            .setQueryId(queryId)
            .setClientId("v")
            .setActionName(action)
            .setObjectId(product)
            .setTimestamp(Instant.ofEpochMilli(time));
    SourcePosition position = new SourcePosition("events", 0, events.size());
    events.add(new Located<>(position, details.apply(event).build()));
    return this;
  }

  /** A purchase of line 1 of an order. */
  VisitorLog purchase(String queryId, String product, String order, int quantity, long time) {
    return event(
        "purchase",
        queryId,
        product,
        time,
        e -> e.setOrderId(order).setOrderLine(1).setQuantity(quantity));
  }

  /** A refund of line 1 of an order. */
  VisitorLog refund(String order, int quantity, long time) {
    return event(
        "refund", "", "", time, e -> e.setOrderId(order).setOrderLine(1).setQuantity(quantity));
  }

  /** Refuses the event written last as late. */
  VisitorLog late() {
    late.add(events.get(events.size() - 1).position());
    return this;
  }

  /** What the oracle expects once everything has passed. */
  OracleReport report() {
    return report(Long.MAX_VALUE);
  }

  OracleReport report(long watermark) {
    Map<SourcePartition, Long> next =
        Map.of(DECISIONS, (long) decisions.size(), EVENTS, (long) events.size());
    return new BatchOracle(configs)
        .expect(new EventLog(decisions, events, Set.of(), late, next, watermark));
  }

  /** Expected tuples once everything has passed. */
  List<ExpectedTuple> tuples() {
    return report().tuples();
  }

  /** Rewards of {@code queryId#0} by sequence. */
  List<Double> rewards(String queryId) {
    return tuples().stream()
        .filter(tuple -> tuple.rolloutId().equals(queryId + "#0"))
        .map(ExpectedTuple::reward)
        .toList();
  }

  /** How many events ended in a class. */
  long events(RecordClass recordClass) {
    return report().counts().get(EVENTS).count(recordClass);
  }

  /** How many decisions ended in a class. */
  long decisions(RecordClass recordClass) {
    return report().counts().get(DECISIONS).count(recordClass);
  }

  static Candidate candidate(String rolloutId) {
    return Candidate.newBuilder().setRolloutId(rolloutId).setTrainable(true).build();
  }

  /** A tuple of {@code queryId#0} without preference. */
  static ExpectedTuple tuple(String queryId, int sequence, double reward) {
    return new ExpectedTuple(queryId, queryId + "#0", sequence, reward, 0, true);
  }
}

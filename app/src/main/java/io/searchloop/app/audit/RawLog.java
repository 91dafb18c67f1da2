package io.searchloop.app.audit;

import io.searchloop.learning.oracle.ConfigSchedule;
import io.searchloop.learning.oracle.EventLog;
import io.searchloop.learning.oracle.Located;
import io.searchloop.learning.oracle.SourcePosition;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.TupleOrigin;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.serde.Serdes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;

/**
 * The topics around the reward job, read once and kept lean.
 *
 * @param configs configurations that were in force
 * @param refusals dead letters
 * @param decisions every decision that decodes
 * @param events every event that decodes
 * @param tuples tuples that shoppers earned
 * @param engineTuples tuples that an engine alone priced
 * @param completeness from when on nothing is missing
 */
record RawLog(
    List<RewardConfig> configs,
    Refusals refusals,
    List<Located<Decision>> decisions,
    List<Located<SearchEvent>> events,
    List<FoundTuple> tuples,
    List<FoundTuple> engineTuples,
    Completeness completeness) {

  /**
   * Reads everything. Tuples come last: whatever ledger was seen, its tuples were committed before
   * or about then.
   */
  static RawLog read(Brokers bootstrapServers, Serdes serdes, String prefix) {
    Reader reader = new Reader(bootstrapServers, serdes, prefix);
    Refusals refusals = new Refusals();
    reader.each(Topics.DEAD_LETTERS, (position, letter) -> refusals.add(letter));
    List<RewardConfig> configs = configs(reader, refusals);
    Completeness complete = Completeness.of(reader.completeSince(), configs);

    LeanRecords lean = new LeanRecords();
    List<Located<Decision>> decisions = new ArrayList<>();
    reader.each(
        Topics.DECISIONS,
        complete.takenSince(),
        (p, decision) -> decisions.add(new Located<>(p, lean.decision(decision))));
    List<Located<SearchEvent>> events = new ArrayList<>();
    reader.each(
        Topics.EVENTS,
        complete.takenSince(),
        (p, event) -> events.add(new Located<>(p, lean.event(event))));

    List<FoundTuple> tuples = new ArrayList<>();
    List<FoundTuple> engineTuples = new ArrayList<>();
    Consumer<RewardTuple> sorted =
        tuple ->
            (tuple.getOrigin() == TupleOrigin.ENGINE ? engineTuples : tuples)
                .add(FoundTuple.of(tuple));
    reader.each(Topics.REWARDS, (position, tuple) -> sorted.accept(tuple));
    if (!complete.whole()) {
      Set<String> left =
          decisions.stream().map(d -> d.record().getQueryId()).collect(Collectors.toSet());
      engineTuples.removeIf(found -> !left.contains(found.tuple().queryId()));
    }
    return new RawLog(configs, refusals, decisions, events, tuples, engineTuples, complete);
  }

  ConfigSchedule schedule() {
    return new ConfigSchedule(configs);
  }

  /** What the oracle is asked about. */
  EventLog asOf(LedgerView view) {
    return new EventLog(
        decisions,
        events,
        refusals.refused(),
        refusals.late().keySet(),
        view.nextOffsets(),
        view.watermark());
  }

  /** Those not refused; of two with one start the first, before its rival's letter is written. */
  private static List<RewardConfig> configs(Reader reader, Refusals refusals) {
    Map<Long, RewardConfig> byStart = new LinkedHashMap<>();
    reader.each(
        Topics.REWARD_CONFIG,
        (position, config) -> {
          if (!refusals.refused().contains(position)) {
            byStart.putIfAbsent(config.getEffectiveFrom().toEpochMilli(), config);
          }
        });
    if (byStart.isEmpty()) {
      throw new IllegalStateException(
          reader.prefix()
              + Topics.REWARD_CONFIG.name()
              + " holds no admitted configuration, expected the one the loop ran with. Start the loop once.");
    }
    return List.copyOf(byStart.values());
  }

  /** What becomes of a record as it is read. */
  @FunctionalInterface
  private interface Visit<V> {
    void visit(SourcePosition position, V value);
  }

  /** Reads topics; records that do not decode are the job's to refuse. */
  private record Reader(Brokers bootstrapServers, Serdes serdes, String prefix) {
    private static final List<Topic<?>> EXPIRING =
        List.of(Topics.DECISIONS, Topics.EVENTS, Topics.DEAD_LETTERS, Topics.REWARDS);

    /** From when on no record of any of them has expired. */
    OptionalLong completeSince() {
      return EXPIRING.stream().map(topic -> since(topic)).flatMapToLong(OptionalLong::stream).max();
    }

    private <V extends SpecificRecord> OptionalLong since(Topic<V> topic) {
      try (TopicLog<V> log =
          new TopicLog<>(topic.prefixed(prefix), bootstrapServers, serdes, bad -> {})) {
        return log.completeSince();
      }
    }

    <V extends SpecificRecord> void each(Topic<V> topic, Visit<V> visit) {
      each(topic, Long.MIN_VALUE, visit);
    }

    <V extends SpecificRecord> void each(Topic<V> topic, long takenSince, Visit<V> visit) {
      Topic<V> prefixed = topic.prefixed(prefix);
      try (TopicLog<V> log = new TopicLog<>(prefixed, bootstrapServers, serdes, bad -> {})) {
        log.toEnd(
            at -> {
              if (at.appendedAtMs() >= takenSince) {
                visit.visit(
                    new SourcePosition(prefixed.name(), at.partition(), at.offset()), at.value());
              }
            });
      }
    }
  }
}

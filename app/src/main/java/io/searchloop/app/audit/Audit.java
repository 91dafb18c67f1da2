package io.searchloop.app.audit;

import io.searchloop.app.log.Located;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.app.log.TopicLog;
import io.searchloop.learning.oracle.BatchOracle;
import io.searchloop.learning.oracle.ClassCounts;
import io.searchloop.learning.oracle.EventLog;
import io.searchloop.learning.oracle.OracleReport;
import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.learning.oracle.SourcePartition;
import io.searchloop.learning.oracle.SourcePosition;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.Serdes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/**
 * Proves invariants 1 and 2 of the architecture on the topics alone.
 *
 * <p>The newest checkpoint's ledger says how far the job had read and where its watermark stood;
 * the batch oracle computes from the raw log what the job must have counted and emitted by then. A
 * live loop commits ledger and tuples of one checkpoint within moments of each other, so an
 * incomplete newest checkpoint gives way to the one before it, and the report says so.
 */
public final class Audit {
  private static final int CHECKPOINTS_TRIED = 3;

  private final String bootstrapServers;
  private final Serdes serdes;
  private final String trainerGroup;

  /**
   * @param trainerGroup consumer group whose committed offset ends the trained range
   */
  public Audit(String bootstrapServers, Serdes serdes, String trainerGroup) {
    this.bootstrapServers = bootstrapServers;
    this.serdes = serdes;
    this.trainerGroup = trainerGroup;
  }

  /** Reads the topics and compares. */
  public AuditReport run() {
    // Before the releases: in a live loop a release may commit in between.
    OptionalLong committed =
        CommittedOffset.of(bootstrapServers, trainerGroup, Topics.MINIBATCHES.name());
    PolicyHistory history = PolicyHistory.read(bootstrapServers, serdes);
    MinibatchAudit minibatches =
        MinibatchAudit.of(history.releases(), readAll(Topics.MINIBATCHES), committed);

    List<LedgerView> views = LedgerView.newest(readAll(Topics.LEDGER), CHECKPOINTS_TRIED);
    if (views.isEmpty()) {
      return report(null, null, minibatches, history, List.of("No checkpoint of RewardJob yet."));
    }
    RawLog raw = readRawLog();
    RewardAudit audit = raw.audit(views.get(0));
    List<String> notes = new ArrayList<>();
    for (LedgerView older : views.subList(1, views.size())) {
      if (audit.clean()) {
        break;
      }
      RewardAudit earlier = raw.audit(older);
      if (earlier.clean()) {
        notes.add(
            "Checkpoint "
                + audit.view().checkpointId()
                + " was not committed by all sinks when it was read; audited the one before.");
        audit = earlier;
      }
    }
    return report(audit, raw, minibatches, history, notes);
  }

  private AuditReport report(
      @org.jspecify.annotations.Nullable RewardAudit rewards,
      @org.jspecify.annotations.Nullable RawLog raw,
      MinibatchAudit minibatches,
      PolicyHistory history,
      List<String> notes) {
    List<String> violations = new ArrayList<>(minibatches.violations());
    if (rewards == null || raw == null) {
      return new AuditReport(
          -1,
          Long.MIN_VALUE,
          Map.of(),
          0,
          0,
          minibatches.accounted(),
          history.releases().size(),
          violations,
          notes);
    }
    violations.addAll(rewards.violations());
    violations.addAll(raw.prematurelyLate());
    return new AuditReport(
        rewards.view().checkpointId(),
        rewards.view().watermark(),
        rewards.partitions(),
        rewards.expected().tuples().size(),
        rewards.expected().tuples().stream().filter(t -> t.sequence() == 0).count(),
        minibatches.accounted(),
        history.releases().size(),
        violations,
        notes);
  }

  private <V extends SpecificRecord> List<Located<V>> readAll(Topic<V> topic) {
    return TopicLog.readAll(topic, bootstrapServers, serdes);
  }

  /**
   * Tuples are read last: whatever ledger was seen, its tuples were committed before or about then.
   */
  private RawLog readRawLog() {
    List<Located<DeadLetter>> deadLetters = readAll(Topics.DEAD_LETTERS);
    return new RawLog(
        config(),
        deadLetters,
        readDecodable(Topics.DECISIONS),
        readDecodable(Topics.EVENTS),
        readAll(Topics.REWARDS));
  }

  private <V extends SpecificRecord> List<Located<V>> readDecodable(Topic<V> topic) {
    try (TopicLog<V> log = new TopicLog<>(topic, bootstrapServers, serdes, bad -> {})) {
      return log.toEnd();
    }
  }

  private RewardConfig config() {
    List<Located<RewardConfig>> configs = readAll(Topics.REWARD_CONFIG);
    if (configs.isEmpty()) {
      throw new IllegalStateException(
          Topics.REWARD_CONFIG.name()
              + " is empty, expected the configuration the loop ran with. Start the loop once.");
    }
    return configs.get(configs.size() - 1).value();
  }

  /** Comparison as of one checkpoint. */
  private record RewardAudit(LedgerView view, OracleReport expected, List<String> violations) {
    boolean clean() {
      return violations.isEmpty();
    }

    Map<String, Map<String, Long>> partitions() {
      Map<String, Map<String, Long>> table = new TreeMap<>();
      view.counts()
          .forEach(
              (partition, counts) -> {
                Map<String, Long> row = new LinkedHashMap<>();
                row.put("accepted", counts.accepted());
                for (RecordClass recordClass : RecordClass.values()) {
                  row.put(recordClass.name().toLowerCase(Locale.ROOT), counts.count(recordClass));
                }
                table.put(partition.topic() + "/" + partition.partition(), row);
              });
      return table;
    }
  }

  /** The raw topics, read once and audited as of several checkpoints. */
  private record RawLog(
      RewardConfig config,
      List<Located<DeadLetter>> deadLetters,
      List<Located<Decision>> decisions,
      List<Located<SearchEvent>> events,
      List<Located<RewardTuple>> tuples) {

    RewardAudit audit(LedgerView view) {
      OracleReport expected = new BatchOracle(config).expect(eventLog(view));
      List<String> violations = new ArrayList<>();
      view.counts()
          .forEach((partition, counted) -> compare(partition, counted, expected, violations));
      violations.addAll(
          TupleComparison.of(expected.tuples(), tuples, view.watermark(), config.getShortWindowMs())
              .violations());
      return new RewardAudit(view, expected, violations);
    }

    private static void compare(
        SourcePartition partition,
        ClassCounts counted,
        OracleReport expected,
        List<String> violations) {
      ClassCounts due = expected.counts().get(partition);
      if (!counted.balanced()) {
        violations.add(name(partition) + ": classes do not add up to accepted: " + counted);
      }
      if (due == null || due.accepted() != counted.accepted()) {
        violations.add(
            name(partition)
                + ": the job accepted "
                + counted.accepted()
                + " records, the topic holds "
                + (due == null ? "none" : due.accepted()));
        return;
      }
      for (RecordClass recordClass : RecordClass.values()) {
        if (due.count(recordClass) != counted.count(recordClass)) {
          violations.add(
              name(partition)
                  + ": the job counted "
                  + counted.count(recordClass)
                  + " as "
                  + recordClass.name().toLowerCase(Locale.ROOT)
                  + ", the oracle "
                  + due.count(recordClass));
        }
      }
    }

    /** Late records whose time was in fact ahead of the watermark that refused them. */
    List<String> prematurelyLate() {
      Map<SourcePosition, Long> times = new HashMap<>();
      decisions.forEach(
          d -> times.put(position(Topics.DECISIONS, d), d.value().getTimestamp().toEpochMilli()));
      events.forEach(
          e -> times.put(position(Topics.EVENTS, e), e.value().getTimestamp().toEpochMilli()));
      return deadLetters.stream()
          .map(Located::value)
          .filter(letter -> letter.getReason() == DeadLetterReason.LATE)
          .filter(
              letter ->
                  times.getOrDefault(position(letter), Long.MAX_VALUE) > letter.getWatermark())
          .map(letter -> "Refused as late though ahead of the watermark: " + position(letter))
          .toList();
    }

    private EventLog eventLog(LedgerView view) {
      Set<SourcePosition> late = new HashSet<>();
      Set<SourcePosition> refused = new HashSet<>();
      for (Located<DeadLetter> located : deadLetters) {
        DeadLetter letter = located.value();
        if (!letter.getTopic().isEmpty() && letter.getOffset() >= 0) {
          (letter.getReason() == DeadLetterReason.LATE ? late : refused).add(position(letter));
        }
      }
      return new EventLog(
          decisions.stream().map(d -> oracleRecord(Topics.DECISIONS, d)).toList(),
          events.stream().map(e -> oracleRecord(Topics.EVENTS, e)).toList(),
          refused,
          late,
          view.nextOffsets(),
          view.watermark());
    }

    private static <T extends SpecificRecord> io.searchloop.learning.oracle.Located<T> oracleRecord(
        Topic<T> topic, Located<T> located) {
      return new io.searchloop.learning.oracle.Located<>(position(topic, located), located.value());
    }

    private static SourcePosition position(Topic<?> topic, Located<?> located) {
      return new SourcePosition(topic.name(), located.partition(), located.offset());
    }

    private static SourcePosition position(DeadLetter letter) {
      return new SourcePosition(letter.getTopic(), letter.getPartition(), letter.getOffset());
    }

    private static String name(SourcePartition partition) {
      return partition.topic() + "/" + partition.partition();
    }
  }
}

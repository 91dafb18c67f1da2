package io.searchloop.app.audit;

import io.searchloop.app.log.GroupOffsets;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.jobs.attribution.RewardJob;
import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.Minibatch;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.serde.Serdes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * Proves invariants 1 and 2 of the architecture on the topics alone.
 *
 * <p>The newest checkpoint's ledger says how far a job had read and where its watermark stood; the
 * batch oracle computes from the raw log what the reward job must have counted and emitted by then.
 * A live loop commits ledger and tuples of one checkpoint within moments of each other, so an
 * incomplete newest checkpoint gives way to the one before it, and the report says so.
 *
 * <p>Memory: about 700 MB for a million events and a hundred thousand decisions of four candidates
 * and ten products, of which the log takes 550 MB; some 200 bytes more for each tuple on the topic.
 */
public final class Audit {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int CHECKPOINTS_TRIED = 3;
  private static final AuditReport.Engine NOTHING_PRICED = new AuditReport.Engine(0, 0, 0);

  private final Brokers bootstrapServers;
  private final Serdes serdes;
  private final String trainerGroup;
  private final String prefix;

  /**
   * An audit of the live topics.
   *
   * @param trainerGroup consumer group whose committed offset ends the trained range
   */
  public Audit(Brokers bootstrapServers, Serdes serdes, String trainerGroup) {
    this(bootstrapServers, serdes, trainerGroup, "");
  }

  /**
   * An audit of a replay's topics.
   *
   * @param prefix put before every topic name
   */
  public Audit(Brokers bootstrapServers, Serdes serdes, String trainerGroup, String prefix) {
    this.bootstrapServers = bootstrapServers;
    this.serdes = serdes;
    this.trainerGroup = trainerGroup;
    this.prefix = prefix;
  }

  /** Reads the topics and compares. */
  public AuditReport run() {
    // Before the releases: in a live loop a release may commit in between.
    OptionalLong committed = trainedUpTo();
    PolicyHistory history = PolicyHistory.read(bootstrapServers, serdes, prefix);
    MinibatchAudit minibatches = minibatches(history, committed);

    // Before the tuples, which are the last to be read.
    List<Located<Ledger>> ledger =
        TopicLog.readAll(Topics.LEDGER.prefixed(prefix), bootstrapServers, serdes);
    List<LedgerView> checkpoints = LedgerView.newest(ledger, RewardJob.NAME, CHECKPOINTS_TRIED);
    if (checkpoints.isEmpty()) {
      return nothingYet(minibatches, history);
    }
    RawLog raw = RawLog.read(bootstrapServers, serdes, prefix);
    List<String> notes = new ArrayList<>(expired(raw.completeness(), minibatches));
    RewardAudit rewards = newestComplete(raw, checkpoints, notes);
    EngineAudit engine =
        newestComplete(raw, LedgerView.newest(ledger, EngineAudit.JOB, CHECKPOINTS_TRIED));
    return report(rewards, engine, raw, minibatches, history, notes);
  }

  private OptionalLong trainedUpTo() {
    try (GroupOffsets groups = new GroupOffsets(bootstrapServers, PATIENCE)) {
      Long next =
          groups.of(trainerGroup).get(new TopicPartition(prefix + Topics.MINIBATCHES.name(), 0));
      return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }
  }

  private MinibatchAudit minibatches(PolicyHistory history, OptionalLong committed) {
    NavigableSet<Long> offsets = new TreeSet<>();
    try (TopicLog<Minibatch> log =
        new TopicLog<>(Topics.MINIBATCHES.prefixed(prefix), bootstrapServers, serdes)) {
      long beginning = log.beginning(0);
      log.toEnd(located -> offsets.add(located.offset()));
      return MinibatchAudit.of(history.releases(), offsets, beginning, committed);
    }
  }

  private static List<String> expired(Completeness completeness, MinibatchAudit minibatches) {
    List<String> notes = new ArrayList<>();
    if (!completeness.whole()) {
      String from =
          completeness.decidedSince() == Long.MAX_VALUE
              ? "none could be"
              : "those decided from "
                  + Instant.ofEpochMilli(completeness.decidedSince())
                  + " on were";
      notes.add(
          "Older records have expired: counts of whole partitions were not compared, and of searches %s."
              .formatted(from));
    }
    if (minibatches.releasesOfExpired() > 0) {
      notes.add(
          "%d releases and refusals name minibatches that have expired."
              .formatted(minibatches.releasesOfExpired()));
    }
    return notes;
  }

  private static RewardAudit newestComplete(
      RawLog raw, List<LedgerView> checkpoints, List<String> notes) {
    RewardAudit newest = RewardAudit.of(raw, checkpoints.get(0));
    if (newest.clean()) {
      return newest;
    }
    for (LedgerView older : checkpoints.subList(1, checkpoints.size())) {
      RewardAudit earlier = RewardAudit.of(raw, older);
      if (earlier.clean()) {
        notes.add(
            "Checkpoint %d was not committed by all sinks when it was read; audited %d instead."
                .formatted(newest.view().checkpointId(), older.checkpointId()));
        return earlier;
      }
    }
    return newest;
  }

  private static EngineAudit newestComplete(RawLog raw, List<LedgerView> checkpoints) {
    EngineAudit newest = EngineAudit.of(raw, checkpoints.isEmpty() ? null : checkpoints.get(0));
    return checkpoints.stream()
        .skip(1)
        .filter(older -> !newest.clean())
        .map(older -> EngineAudit.of(raw, older))
        .filter(EngineAudit::clean)
        .findFirst()
        .orElse(newest);
  }

  private static AuditReport report(
      RewardAudit rewards,
      EngineAudit engine,
      RawLog raw,
      MinibatchAudit minibatches,
      PolicyHistory history,
      List<String> notes) {
    List<String> violations = new ArrayList<>(minibatches.violations());
    violations.addAll(rewards.violations());
    violations.addAll(LatenessAudit.violations(raw));
    violations.addAll(engine.violations());
    return new AuditReport(
        rewards.view().checkpointId(),
        rewards.view().watermark(),
        rewards.partitions(),
        rewards.tuples(),
        rewards.baseTuples(),
        rewards.counted(RecordClass.QUARANTINED),
        rewards.retractions(),
        engine.figures(),
        minibatches.accounted(),
        history.releases().size(),
        violations,
        notes);
  }

  private static AuditReport nothingYet(MinibatchAudit minibatches, PolicyHistory history) {
    return new AuditReport(
        -1,
        Long.MIN_VALUE,
        Map.of(),
        0,
        0,
        0,
        0,
        NOTHING_PRICED,
        minibatches.accounted(),
        history.releases().size(),
        minibatches.violations(),
        List.of("No checkpoint of RewardJob yet."));
  }
}

package io.searchloop.app.audit;

import io.searchloop.learning.oracle.ClassCounts;
import io.searchloop.learning.oracle.Located;
import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.learning.oracle.SourcePartition;
import io.searchloop.learning.oracle.SourcePosition;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.SearchEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A small log with one partition of decisions and one of events. */
final class AuditedLog {
  private static final SourcePartition DECISIONS = new SourcePartition("decisions", 0);

  private Completeness completeness = Completeness.WHOLE;
  private final RewardConfig config =
      RewardConfig.newBuilder()
          .setShortWindowMs(100)
          .setLongWindowMs(1_000)
          .setLatenessMs(50)
          .build();
  private final Refusals refusals = new Refusals();
  private final List<Located<Decision>> decisions = new ArrayList<>();
  private final List<Located<SearchEvent>> events = new ArrayList<>();
  private final List<FoundTuple> tuples = new ArrayList<>();
  private final List<FoundTuple> engineTuples = new ArrayList<>();

  RawLog raw() {
    return new RawLog(
        List.of(config), refusals, decisions, events, tuples, engineTuples, completeness);
  }

  /** Records from before have expired, and can be left out of this log. */
  AuditedLog completeSince(long time) {
    completeness = Completeness.of(OptionalLong.of(time), List.of(config));
    return this;
  }

  /** A decision of two rollouts, {@code queryId#0} and {@code queryId#1}. */
  AuditedLog decision(String queryId, DecisionMode mode, long time) {
    SourcePosition position = new SourcePosition("decisions", 0, decisions.size());
    Decision decision =
        Decision.newBuilder()
            .setQueryId(queryId)
            .setClientId("v")
            .setMode(mode)
            .setTimestamp(Instant.ofEpochMilli(time))
            .setCandidates(
                List.of(
                    Candidate.newBuilder().setRolloutId(queryId + "#0").build(),
                    Candidate.newBuilder().setRolloutId(queryId + "#1").build()))
            .setServed(List.of(0))
            .build();
    decisions.add(new Located<>(position, decision));
    return this;
  }

  AuditedLog event(String action, String queryId, long time) {
    SearchEvent event =
        SearchEvent.newBuilder()
            .setEventId("e" + events.size())
            .setQueryId(queryId)
            .setClientId("v")
            .setActionName(action)
            .setObjectId("p")
            .setTimestamp(Instant.ofEpochMilli(time))
            .build();
    events.add(new Located<>(new SourcePosition("events", 0, events.size()), event));
    return this;
  }

  /** A letter of the engine's job. */
  AuditedLog unanswered(long decision) {
    return letter("decisions", decision, DeadLetterReason.ENGINE_UNAVAILABLE, EngineAudit.JOB, 0);
  }

  AuditedLog late(long event, long watermark) {
    return letter("events", event, DeadLetterReason.LATE, "join-interactions", watermark);
  }

  AuditedLog letter(
      String topic, long offset, DeadLetterReason reason, String foundBy, long watermark) {
    refusals.add(
        DeadLetter.newBuilder()
            .setTopic(topic)
            .setPartition(0)
            .setOffset(offset)
            .setReason(reason)
            .setFoundBy(foundBy)
            .setWatermark(watermark)
            .build());
    return this;
  }

  AuditedLog engineTuple(String queryId, String rolloutId, boolean trainable) {
    engineTuples.add(FoundTuple.of(tuple(queryId, rolloutId, trainable).build()));
    return this;
  }

  AuditedLog baseTuple(String queryId, double reward, long impressionTime) {
    tuples.add(
        FoundTuple.of(
            tuple(queryId, queryId + "#0", false)
                .setReward(reward)
                .setImpressionTime(Instant.ofEpochMilli(impressionTime))
                .build()));
    return this;
  }

  /** A checkpoint that had read some decisions and every event. */
  LedgerView checkpoint(long decisionsRead, long watermark, Map<RecordClass, Long> counted) {
    SourcePartition eventsRead = new SourcePartition("events", 0);
    return new LedgerView(
        7,
        watermark,
        Map.of(DECISIONS, decisionsRead, eventsRead, (long) events.size()),
        Map.of(DECISIONS, new ClassCounts(decisionsRead, counted)));
  }

  private static RewardTuple.Builder tuple(String queryId, String rolloutId, boolean trainable) {
    return RewardTuple.newBuilder()
        .setQueryId(queryId)
        .setRolloutId(rolloutId)
        .setTrainable(trainable);
  }
}

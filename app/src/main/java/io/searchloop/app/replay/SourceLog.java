package io.searchloop.app.replay;

import io.searchloop.jobs.intake.RawRecord;
import io.searchloop.jobs.intake.RecordDecoder;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.intake.VisitorId;
import io.searchloop.learning.oracle.SourcePosition;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything the live source topics ever took, in the order of its timestamps, judged anew by the
 * intake of today: records still on the topics, and dead letters whose originals have expired.
 *
 * <p>Holds the bytes of all usable records in memory. One thread.
 */
final class SourceLog {
  private final Brokers bootstrapServers;
  private final AvroSerde<Decision> decisionSerde;
  private final RecordDecoder<Decision> decisions;
  private final RecordDecoder<SearchEvent> events;
  private final Map<SourcePosition, DeadLetter> letters = new HashMap<>();
  private final List<SourceRecord> usable = new ArrayList<>();
  private final Set<VisitorId> readmittedVisitors = new HashSet<>();
  private final Map<String, VisitorId> visitorOfSearch = new HashMap<>();
  private final Tally admitted = new Tally();
  private final Tally readmitted = new Tally();
  private final Tally refused = new Tally();

  private SourceLog(Brokers bootstrapServers, Serdes serdes) {
    this.bootstrapServers = bootstrapServers;
    this.decisionSerde = serdes.of(Topics.DECISIONS);
    this.decisions = RecordDecoder.ofDecisions(decisionSerde::deserialize);
    this.events = RecordDecoder.ofEvents(serdes.of(Topics.EVENTS)::deserialize);
  }

  /**
   * Reads the live topics.
   *
   * @param clock says what counts as the future; a record that was ahead may be past by now
   */
  static SourceLog read(Brokers bootstrapServers, Serdes serdes, InstantSource clock) {
    SourceLog log = new SourceLog(bootstrapServers, serdes);
    log.readLetters(serdes);
    long now = clock.millis();
    log.readTopic(Topics.DECISIONS.name(), log.decisions, now);
    log.readTopic(Topics.EVENTS.name(), log.events, now);
    log.judgeExpired(now);
    log.usable.sort(
        Comparator.comparingLong(SourceRecord::eventTime).thenComparing(SourceRecord::kind));
    return log;
  }

  /** Writes all usable records with their original keys and bytes. */
  void writeTo(ReplayWriter writer) {
    for (SourceRecord record : usable) {
      if (record.kind() == SourceRecord.Kind.DECISION) {
        writer.decision(record.key(), record.value());
      } else {
        writer.event(record.key(), record.value());
      }
    }
  }

  /** Usable records that were no dead letters, by topic. */
  Map<String, Long> admitted() {
    return admitted.counts();
  }

  /** Usable records that were dead letters, by the reason they were refused for. */
  Map<String, Long> readmitted() {
    return readmitted.counts();
  }

  /** Unusable records by the reason found now. */
  Map<String, Long> refused() {
    return refused.counts();
  }

  /** Whether a search belongs to a visitor one of whose records was readmitted. */
  boolean ofReadmittedVisitor(String queryId) {
    return readmittedVisitors.contains(visitorOfSearch.getOrDefault(queryId, VisitorId.NONE));
  }

  private void readLetters(Serdes serdes) {
    AvroSerde<DeadLetter> serde = serdes.of(Topics.DEAD_LETTERS);
    RawTopic.forEach(
        bootstrapServers,
        Topics.DEAD_LETTERS.name(),
        bytes -> {
          DeadLetter letter = serde.deserialize(bytes.value());
          boolean fromSource =
              letter.getTopic().equals(Topics.DECISIONS.name())
                  || letter.getTopic().equals(Topics.EVENTS.name());
          // The reward job has used the decision of such a letter; only the engine's job has not.
          boolean engine = letter.getReason() == DeadLetterReason.ENGINE_UNAVAILABLE;
          if (fromSource && !engine) {
            letters.put(
                new SourcePosition(letter.getTopic(), letter.getPartition(), letter.getOffset()),
                letter);
          }
        });
  }

  private void readTopic(String topic, RecordDecoder<?> intake, long now) {
    RawTopic.forEach(
        bootstrapServers,
        topic,
        bytes -> {
          DeadLetter letter =
              letters.remove(new SourcePosition(topic, bytes.partition(), bytes.offset()));
          byte[] key = bytes.key() == null ? new byte[0] : bytes.key();
          judge(
              intake,
              new RawRecord(topic, bytes.partition(), bytes.offset(), now, key, bytes.value()),
              letter);
        });
  }

  /** What is left are letters whose originals have expired from their topic. */
  private void judgeExpired(long now) {
    letters.forEach(
        (position, letter) ->
            judge(
                position.topic().equals(Topics.DECISIONS.name()) ? decisions : events,
                new RawRecord(
                    position.topic(),
                    position.partition(),
                    position.offset(),
                    now,
                    Packed.bytes(letter.getRecordKey()),
                    Packed.bytes(letter.getPayload())),
                letter));
    letters.clear();
  }

  private void judge(RecordDecoder<?> intake, RawRecord raw, @Nullable DeadLetter letter) {
    SourceRecord judged = intake.decode(raw);
    DeadLetter refusal = judged.refused();
    if (refusal != null) {
      refused.add(reason(refusal));
      return;
    }
    usable.add(judged);
    if (judged.kind() == SourceRecord.Kind.DECISION) {
      String queryId = decisionSerde.deserialize(judged.value()).getQueryId();
      visitorOfSearch.put(queryId, judged.visitor());
    }
    if (letter == null) {
      admitted.add(raw.topic());
    } else {
      readmitted.add(reason(letter));
      readmittedVisitors.add(judged.visitor());
    }
  }

  private static String reason(DeadLetter letter) {
    return letter.getReason().name().toLowerCase(Locale.ROOT);
  }
}

package io.searchloop.jobs.intake;

import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.VisitorKey;
import io.searchloop.schemas.serde.UndecodableRecordException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns raw records into {@link SourceRecord}s. What cannot be used becomes a dead letter, never an
 * exception; an unreachable schema registry is no property of the record, so that exception passes
 * and restarts the job. Confined to one source thread.
 */
public final class RecordDecoder<V> {
  private static final byte[] NO_FACTS = {};
  private static final int MAX_VALUE_BYTES = 256 * 1024;

  private final SourceRecord.Kind kind;
  private final Function<byte[], V> decode;
  private final Validator<V> validator;
  private final Function<V, VisitorId> visitor;
  private final Function<V, Instant> time;
  private final Function<V, byte[]> facts;

  private RecordDecoder(
      SourceRecord.Kind kind,
      Function<byte[], V> decode,
      Validator<V> validator,
      Function<V, VisitorId> visitor,
      Function<V, Instant> time,
      Function<V, byte[]> facts) {
    this.kind = kind;
    this.decode = decode;
    this.validator = validator;
    this.visitor = visitor;
    this.time = time;
    this.facts = facts;
  }

  /**
   * Decoder of decisions.
   *
   * @param decode bytes to decision; throws {@link UndecodableRecordException}
   */
  public static RecordDecoder<Decision> ofDecisions(Function<byte[], Decision> decode) {
    DecidedSearch searches = new DecidedSearch();
    return new RecordDecoder<>(
        SourceRecord.Kind.DECISION,
        decode,
        new DecisionValidator(),
        decision -> VisitorId.of(VisitorKey.of(decision).orElseThrow()),
        Decision::getTimestamp,
        searches::pack);
  }

  /**
   * Decoder of events.
   *
   * @param decode bytes to event; throws {@link UndecodableRecordException}
   */
  public static RecordDecoder<SearchEvent> ofEvents(Function<byte[], SearchEvent> decode) {
    return new RecordDecoder<>(
        SourceRecord.Kind.EVENT,
        decode,
        new EventValidator(),
        event -> VisitorId.of(VisitorKey.of(event).orElseThrow()),
        SearchEvent::getTimestamp,
        ShopperEvent::pack);
  }

  /**
   * Decoder of reward configurations.
   *
   * @param decode bytes to configuration; throws {@link UndecodableRecordException}
   */
  public static RecordDecoder<RewardConfig> ofConfigs(Function<byte[], RewardConfig> decode) {
    return new RecordDecoder<>(
        SourceRecord.Kind.REWARD_CONFIG,
        decode,
        new ConfigValidator(),
        config -> VisitorId.NONE,
        RewardConfig::getEffectiveFrom,
        config -> NO_FACTS);
  }

  /** Decodes and validates one record. */
  public SourceRecord decode(RawRecord raw) {
    byte[] value = raw.value();
    if (value == null) {
      return refused(
          raw,
          DeadLetterReason.MALFORMED,
          "value is null, expected a record. This topic takes no tombstones.");
    }
    if (value.length > MAX_VALUE_BYTES) {
      return refused(
          raw,
          DeadLetterReason.OVERSIZED,
          "value has %d bytes, expected at most %d. Send less, for example shorter pages."
              .formatted(value.length, MAX_VALUE_BYTES));
    }
    V record;
    try {
      record = decode.apply(value);
    } catch (UndecodableRecordException e) {
      return refused(raw, e.reason(), String.valueOf(e.getMessage()));
    }
    Optional<Refusal> refusal = validator.refuse(record, raw.timestamp());
    return refusal
        .map(r -> refused(raw, r.reason(), r.detail()))
        .orElseGet(
            () ->
                SourceRecord.usable(
                    kind,
                    raw,
                    value,
                    visitor.apply(record),
                    time.apply(record),
                    facts.apply(record)));
  }

  /** The letter is dated by the broker, so that reading a log twice gives equal letters. */
  private SourceRecord refused(RawRecord raw, DeadLetterReason reason, String detail) {
    byte[] value = raw.value();
    return SourceRecord.refused(
        kind,
        raw,
        DeadLetter.newBuilder()
            .setTopic(raw.topic())
            .setPartition(raw.partition())
            .setOffset(raw.offset())
            .setRecordKey(ByteBuffer.wrap(raw.key()))
            .setPayload(ByteBuffer.wrap(value == null ? new byte[0] : value))
            .setReason(reason)
            .setDetail(raw.where() + ": " + detail)
            .setFoundBy("intake")
            .setTimestamp(Instant.ofEpochMilli(raw.timestamp()))
            .build());
  }
}

package io.searchloop.jobs.intake;

import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One record of a source topic, usable or the dead letter it became. Every record that was read is
 * one of these, so that the ledger can account for it. A usable record keeps its original bytes
 * until it is known to be in time, because lateness makes a dead letter of them yet.
 *
 * @param kind what its value is
 * @param topic topic read from
 * @param partition partition read from
 * @param offset offset
 * @param visitor stands for the visitor key; {@link VisitorId#NONE} when refused or a configuration
 * @param eventTime the record's own timestamp, epoch milliseconds; {@link Long#MIN_VALUE} when
 *     refused, which moves no watermark
 * @param brokerTime when the broker received it, epoch milliseconds
 * @param key original key bytes; empty when refused
 * @param value original value bytes; empty when refused
 * @param facts what attribution needs of a usable record: packed {@link DecidedSearch} or {@link
 *     ShopperEvent}; empty otherwise
 * @param refused the dead letter, if it cannot be used
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: bytes pass through
public record SourceRecord(
    Kind kind,
    String topic,
    int partition,
    long offset,
    VisitorId visitor,
    long eventTime,
    long brokerTime,
    byte[] key,
    byte[] value,
    byte[] facts,
    @TypeInfo(AvroRecordTypeInfo.Factory.class) @Nullable DeadLetter refused) {
  private static final byte[] NO_BYTES = {};

  /** What a value is. */
  public enum Kind {
    DECISION,
    EVENT,
    REWARD_CONFIG
  }

  static SourceRecord usable(
      Kind kind, RawRecord raw, byte[] value, VisitorId visitor, Instant eventTime, byte[] facts) {
    return new SourceRecord(
        kind,
        raw.topic(),
        raw.partition(),
        raw.offset(),
        visitor,
        eventTime.toEpochMilli(),
        raw.timestamp(),
        raw.key(),
        value,
        facts,
        null);
  }

  static SourceRecord refused(Kind kind, RawRecord raw, DeadLetter refused) {
    return new SourceRecord(
        kind,
        raw.topic(),
        raw.partition(),
        raw.offset(),
        VisitorId.NONE,
        Long.MIN_VALUE,
        raw.timestamp(),
        NO_BYTES,
        NO_BYTES,
        NO_BYTES,
        refused);
  }

  /**
   * How far this record moves event time: never beyond what the broker's clock says, so that one
   * producer whose clock runs ahead does not make everybody else late.
   */
  public long progress() {
    return Math.min(eventTime, brokerTime);
  }

  /**
   * The dead letter this usable record becomes when it arrives behind the watermark.
   *
   * @param watermark event-time watermark it fell behind, epoch milliseconds
   * @param now when it was refused
   */
  public DeadLetter late(long watermark, Instant now) {
    return letter(
            DeadLetterReason.LATE,
            "timestamp is %s, the watermark had reached %s, expected later. Send events sooner; how late is too late is the first reward configuration's to say."
                .formatted(Instant.ofEpochMilli(eventTime), Instant.ofEpochMilli(watermark)),
            "join-interactions",
            now)
        .setWatermark(watermark)
        .build();
  }

  /**
   * The dead letter a usable record becomes for another reason.
   *
   * @param detail what was found, what was expected, and the remedy
   * @param foundBy operator that refuses it
   * @param now when it was refused
   */
  public DeadLetter.Builder letter(
      DeadLetterReason reason, String detail, String foundBy, Instant now) {
    return DeadLetter.newBuilder()
        .setTopic(topic)
        .setPartition(partition)
        .setOffset(offset)
        .setRecordKey(ByteBuffer.wrap(key))
        .setPayload(ByteBuffer.wrap(value))
        .setReason(reason)
        .setDetail("%s-%d@%d: %s".formatted(topic, partition, offset, detail))
        .setFoundBy(foundBy)
        .setTimestamp(now);
  }
}

package io.searchloop.jobs.intake;

import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One record of a source topic: a decision, an event, or the dead letter it became. Every record
 * that was read is one of these, so that the ledger can account for it. Usable records keep their
 * original bytes until they are known to be in time, because lateness makes a dead letter too.
 *
 * @param topic topic read from
 * @param partition partition read from
 * @param offset offset
 * @param visitor visitor key; empty when refused
 * @param eventTime the record's own timestamp, epoch milliseconds; {@link Long#MIN_VALUE} when
 *     refused, which moves no watermark
 * @param decision the decision, if it is one
 * @param event the event, if it is one
 * @param refused the dead letter, if it cannot be used
 * @param key original key bytes; empty when refused
 * @param value original value bytes; empty when refused
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: bytes pass through to a dead letter
public record SourceRecord(
    String topic,
    int partition,
    long offset,
    String visitor,
    long eventTime,
    @TypeInfo(AvroRecordTypeInfo.Factory.class) @Nullable Decision decision,
    @TypeInfo(AvroRecordTypeInfo.Factory.class) @Nullable SearchEvent event,
    @TypeInfo(AvroRecordTypeInfo.Factory.class) @Nullable DeadLetter refused,
    byte[] key,
    byte[] value) {
  private static final byte[] NO_BYTES = {};

  static SourceRecord usable(
      RawRecord raw,
      byte[] value,
      String visitor,
      Instant eventTime,
      @Nullable Decision decision,
      @Nullable SearchEvent event) {
    return new SourceRecord(
        raw.topic(),
        raw.partition(),
        raw.offset(),
        visitor,
        eventTime.toEpochMilli(),
        decision,
        event,
        null,
        raw.key(),
        value);
  }

  static SourceRecord refused(RawRecord raw, DeadLetter refused) {
    return new SourceRecord(
        raw.topic(),
        raw.partition(),
        raw.offset(),
        "",
        Long.MIN_VALUE,
        null,
        null,
        refused,
        NO_BYTES,
        NO_BYTES);
  }

  /**
   * The dead letter this usable record becomes when it arrives behind the watermark.
   *
   * @param watermark event-time watermark it fell behind, epoch milliseconds
   * @param now when it was refused
   */
  public DeadLetter late(long watermark, Instant now) {
    return DeadLetter.newBuilder()
        .setTopic(topic)
        .setPartition(partition)
        .setOffset(offset)
        .setRecordKey(ByteBuffer.wrap(key))
        .setPayload(ByteBuffer.wrap(value))
        .setReason(DeadLetterReason.LATE)
        .setDetail(
            "%s-%d@%d: timestamp is %s, the watermark had reached %s, expected later. Send events sooner, or raise lateness_ms of the reward configuration."
                .formatted(
                    topic,
                    partition,
                    offset,
                    Instant.ofEpochMilli(eventTime),
                    Instant.ofEpochMilli(watermark)))
        .setFoundBy("join-interactions")
        .setTimestamp(now)
        .setWatermark(watermark)
        .build();
  }
}

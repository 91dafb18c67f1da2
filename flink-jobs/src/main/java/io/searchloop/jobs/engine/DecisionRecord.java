package io.searchloop.jobs.engine;

import io.searchloop.jobs.state.AvroRecordTypeInfo;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Decision;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A record of the decisions topic, as this job reads it. Keeps the original bytes, because a
 * decision that the engine never answers becomes a dead letter.
 *
 * @param topic topic read from
 * @param partition partition read from
 * @param offset offset
 * @param brokerTime the broker's timestamp, epoch milliseconds
 * @param decision the decision; null when the bytes are none, which the reward job reports
 * @param key original key bytes; empty for none
 * @param value original value bytes; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared: bytes pass through to a dead letter
public record DecisionRecord(
    String topic,
    int partition,
    long offset,
    long brokerTime,
    @TypeInfo(AvroRecordTypeInfo.Factory.class) @Nullable Decision decision,
    byte[] key,
    byte[] value) {

  /** The decision of a record that was received as one. */
  Decision readable() {
    if (decision == null) {
      throw new IllegalStateException(
          where()
              + " is no decision, expected one behind the intake. Skip it when it is received.");
    }
    return decision;
  }

  /** Where it lies; no two records lie there. */
  String where() {
    return topic + "-" + partition + "@" + offset;
  }

  /** The letter is dated by the broker, so that reading a log twice gives equal letters. */
  DeadLetter refused(DeadLetterReason reason, String detail) {
    return DeadLetter.newBuilder()
        .setTopic(topic)
        .setPartition(partition)
        .setOffset(offset)
        .setRecordKey(ByteBuffer.wrap(key))
        .setPayload(ByteBuffer.wrap(value))
        .setReason(reason)
        .setDetail(where() + ": " + detail)
        .setFoundBy(EngineRewardJob.NAME)
        .setTimestamp(Instant.ofEpochMilli(brokerTime))
        .build();
  }
}

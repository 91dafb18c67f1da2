package io.searchloop.jobs.intake;

import io.searchloop.jobs.intake.SourceRecord.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * A usable record that arrived in time and waits for event time to reach it. Its original bytes are
 * needed no more. In state it is one array of bytes, which nobody looks into before its time.
 *
 * @param kind decision or event
 * @param topic topic read from
 * @param partition partition read from
 * @param offset offset
 * @param eventTime the record's own timestamp, epoch milliseconds
 * @param facts packed {@link DecidedSearch} or {@link ShopperEvent}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WaitingRecord(
    Kind kind, String topic, int partition, long offset, long eventTime, byte[] facts) {
  private static final byte LAYOUT = 1;
  private static final int OVERHEAD_BYTES = 64;

  /** What has to wait of a usable record. */
  public static WaitingRecord of(SourceRecord record) {
    return new WaitingRecord(
        record.kind(),
        record.topic(),
        record.partition(),
        record.offset(),
        record.eventTime(),
        record.facts());
  }

  /** The packed form. */
  public byte[] pack() {
    try {
      DataOutputSerializer out = new DataOutputSerializer(OVERHEAD_BYTES + facts.length);
      out.writeByte(LAYOUT);
      out.writeBoolean(kind == Kind.DECISION);
      out.writeUTF(topic);
      out.writeInt(partition);
      out.writeLong(offset);
      out.writeLong(eventTime);
      out.writeInt(facts.length);
      out.write(facts);
      return out.getCopyOfBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException("Packing a record in memory", e);
    }
  }

  /**
   * Reads the packed form.
   *
   * @throws IllegalStateException when another layout wrote it
   */
  public static WaitingRecord unpack(ByteBuffer packed) {
    try {
      DataInputDeserializer in = new DataInputDeserializer(packed);
      byte layout = in.readByte();
      if (layout != LAYOUT) {
        throw new IllegalStateException(
            "A waiting record has layout %d, expected %d. Restore with the version that wrote it."
                .formatted(layout, LAYOUT));
      }
      Kind kind = in.readBoolean() ? Kind.DECISION : Kind.EVENT;
      String topic = in.readUTF();
      int partition = in.readInt();
      long offset = in.readLong();
      long eventTime = in.readLong();
      byte[] facts = new byte[in.readInt()];
      in.readFully(facts);
      return new WaitingRecord(kind, topic, partition, offset, eventTime, facts);
    } catch (IOException e) {
      throw new UncheckedIOException("Unpacking a record from memory", e);
    }
  }
}

package io.searchloop.jobs.intake;

import io.searchloop.jobs.intake.SourceRecord.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * A usable record that arrived in time and waits for event time to reach it: as one array of bytes,
 * which checkpoints copy without looking into it. Its original bytes are needed no more.
 *
 * @param kind decision or event
 * @param topic topic read from
 * @param partition partition read from
 * @param offset offset
 * @param eventTime the record's own timestamp, epoch milliseconds
 * @param content value of a decision, packed {@link ShopperEvent} of an event
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record WaitingRecord(
    Kind kind, String topic, int partition, long offset, long eventTime, byte[] content) {
  private static final byte LAYOUT = 1;
  private static final int OVERHEAD_BYTES = 64;

  /** The packed form of a record. */
  public static byte[] pack(SourceRecord record) {
    try {
      byte[] content = record.kind() == Kind.EVENT ? record.facts() : record.value();
      DataOutputSerializer out = new DataOutputSerializer(OVERHEAD_BYTES + content.length);
      out.writeByte(LAYOUT);
      out.writeBoolean(record.kind() == Kind.DECISION);
      out.writeUTF(record.topic());
      out.writeInt(record.partition());
      out.writeLong(record.offset());
      out.writeLong(record.eventTime());
      out.writeInt(content.length);
      out.write(content);
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
  public static WaitingRecord unpack(byte[] packed) {
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
      byte[] content = new byte[in.readInt()];
      in.readFully(content);
      return new WaitingRecord(kind, topic, partition, offset, eventTime, content);
    } catch (IOException e) {
      throw new UncheckedIOException("Unpacking a record from memory", e);
    }
  }
}

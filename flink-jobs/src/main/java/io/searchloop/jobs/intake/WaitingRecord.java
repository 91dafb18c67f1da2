package io.searchloop.jobs.intake;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The layout of a usable record that waits in state: one array of bytes, which checkpoints copy
 * without looking into it. The first byte is the number of the layout.
 */
final class WaitingRecord {
  private static final byte LAYOUT = 1;
  private static final int OVERHEAD_BYTES = 64;
  private static final SourceRecord.Kind[] KINDS = SourceRecord.Kind.values();

  private WaitingRecord() {}

  static byte[] pack(SourceRecord record) {
    try {
      DataOutputSerializer out =
          new DataOutputSerializer(OVERHEAD_BYTES + record.key().length + record.value().length);
      out.writeByte(LAYOUT);
      out.writeByte(number(record.kind()));
      out.writeUTF(record.topic());
      out.writeInt(record.partition());
      out.writeLong(record.offset());
      out.writeLong(record.eventTime());
      out.writeLong(record.brokerTime());
      out.writeInt(record.key().length);
      out.write(record.key());
      out.writeInt(record.value().length);
      out.write(record.value());
      return out.getCopyOfBuffer();
    } catch (IOException e) {
      throw new UncheckedIOException("Packing a record in memory", e);
    }
  }

  static SourceRecord unpack(byte[] packed, VisitorId visitor) {
    try {
      DataInputDeserializer in = new DataInputDeserializer(packed);
      byte layout = in.readByte();
      if (layout != LAYOUT) {
        throw new IllegalStateException(
            "A waiting record has layout %d, expected %d. Restore with the version that wrote it."
                .formatted(layout, LAYOUT));
      }
      SourceRecord.Kind kind = KINDS[in.readByte()];
      String topic = in.readUTF();
      int partition = in.readInt();
      long offset = in.readLong();
      long eventTime = in.readLong();
      long brokerTime = in.readLong();
      byte[] key = bytes(in);
      return new SourceRecord(
          kind, topic, partition, offset, visitor, eventTime, brokerTime, key, bytes(in), null);
    } catch (IOException e) {
      throw new UncheckedIOException("Unpacking a record from memory", e);
    }
  }

  private static byte[] bytes(DataInputDeserializer in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  private static int number(SourceRecord.Kind kind) {
    return switch (kind) {
      case DECISION -> 0;
      case EVENT -> 1;
      case REWARD_CONFIG -> 2;
    };
  }
}

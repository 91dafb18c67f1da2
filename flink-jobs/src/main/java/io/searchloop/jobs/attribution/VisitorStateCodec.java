package io.searchloop.jobs.attribution;

import io.searchloop.schemas.state.VisitorState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;

/**
 * A visitor's state as one array of bytes: small on the heap, one value in RocksDB. Avro's
 * single-object encoding names the schema it was written with by fingerprint, so state of an older
 * job is read by a newer one. Confined to one thread.
 */
final class VisitorStateCodec {
  private final BinaryMessageEncoder<VisitorState> encoder =
      new BinaryMessageEncoder<>(
          SpecificData.getForClass(VisitorState.class), VisitorState.SCHEMA$);
  private final BinaryMessageDecoder<VisitorState> decoder;

  /**
   * @param earlier schemas that state may have been written with
   */
  VisitorStateCodec(SchemaStore earlier) {
    decoder =
        new BinaryMessageDecoder<>(
            SpecificData.getForClass(VisitorState.class), VisitorState.SCHEMA$, earlier);
  }

  byte[] write(VisitorState state) {
    try {
      ByteBuffer bytes = encoder.encode(state);
      byte[] array = new byte[bytes.remaining()];
      bytes.get(array);
      return array;
    } catch (IOException e) {
      throw new UncheckedIOException("Encoding a visitor's state in memory", e);
    }
  }

  /**
   * Reads a state.
   *
   * @throws UncheckedIOException when no known schema has written it
   */
  VisitorState read(byte[] bytes) {
    try {
      return decoder.decode(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "A visitor's state was written with a schema this version does not know. Restore with"
              + " the version that wrote it, or a later one.",
          e);
    }
  }
}

package io.searchloop.jobs.attribution;

import io.searchloop.schemas.state.VisitorState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.MissingSchemaException;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;

/**
 * A visitor's state as one array of bytes: small on the heap, one value in RocksDB. Avro's
 * single-object encoding names the schema it was written with by fingerprint, and every schema a
 * state was ever written with is kept here under its number, so an older job's state is read by a
 * newer one. Confined to one thread.
 */
final class VisitorStateCodec {
  /** Numbers of the schemas kept beside this class as {@code visitor_state.N.avsc}. */
  private static final int VERSIONS = 1;

  private final BinaryMessageEncoder<VisitorState> encoder;
  private final BinaryMessageDecoder<VisitorState> decoder;

  VisitorStateCodec() {
    this(shipped());
  }

  /**
   * @param earlier schemas that state may have been written with, beside the present one
   */
  VisitorStateCodec(List<Schema> earlier) {
    SpecificData model = SpecificData.getForClass(VisitorState.class);
    SchemaStore.Cache known = new SchemaStore.Cache();
    earlier.forEach(known::addSchema);
    encoder = new BinaryMessageEncoder<>(model, VisitorState.SCHEMA$);
    decoder = new BinaryMessageDecoder<>(model, VisitorState.SCHEMA$, known);
  }

  /** Every schema that state was ever written with, the present one last. */
  static List<Schema> shipped() {
    List<Schema> schemas = new ArrayList<>();
    for (int version = 1; version <= VERSIONS; version++) {
      String name = "visitor_state." + version + ".avsc";
      try (InputStream in = VisitorStateCodec.class.getResourceAsStream(name)) {
        schemas.add(new Schema.Parser().parse(Objects.requireNonNull(in, name)));
      } catch (IOException e) {
        throw new UncheckedIOException("Reading " + name + " from the class path", e);
      }
    }
    return schemas;
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
   * @throws IllegalStateException when no known schema has written it
   */
  VisitorState read(byte[] bytes) {
    try {
      return decoder.decode(bytes);
    } catch (MissingSchemaException e) {
      throw new IllegalStateException(
          "A visitor's state was written with a schema this version does not know. Restore with"
              + " the version that wrote it, or a later one.",
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Decoding a visitor's state from memory", e);
    }
  }
}

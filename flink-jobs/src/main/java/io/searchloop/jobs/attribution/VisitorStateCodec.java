package io.searchloop.jobs.attribution;

import io.searchloop.schemas.state.VisitorState;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.Nullable;

/**
 * A visitor's state as one array of bytes: small on the heap, one value in RocksDB. It begins with
 * the fingerprint of the Avro schema it was written with, and every schema a state was ever written
 * with is kept here under its number, so an older job's state is read by a newer one. Confined to
 * one thread.
 */
final class VisitorStateCodec {
  /** Numbers of the schemas kept beside this class as {@code visitor_state.N.avsc}. */
  private static final int VERSIONS = 1;

  private static final long PRESENT = fingerprint(VisitorState.SCHEMA$);

  private final SpecificData model = generatedCoders();
  private final Map<Long, SpecificDatumReader<VisitorState>> readers = new HashMap<>();
  private final SpecificDatumWriter<VisitorState> writer =
      new SpecificDatumWriter<>(VisitorState.SCHEMA$, model);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private final DataOutputStream header = new DataOutputStream(bytes);
  private @Nullable BinaryEncoder encoder;
  private @Nullable BinaryDecoder decoder;

  VisitorStateCodec() {
    this(shipped());
  }

  /**
   * @param earlier schemas that state may have been written with, beside the present one
   */
  VisitorStateCodec(List<Schema> earlier) {
    earlier.forEach(this::addReader);
    addReader(VisitorState.SCHEMA$);
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
      bytes.reset();
      header.writeLong(PRESENT);
      encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
      writer.write(state, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("Encoding a visitor's state in memory", e);
    }
  }

  /**
   * Reads a state.
   *
   * @throws IllegalStateException when no known schema has written it
   */
  VisitorState read(byte[] state) {
    SpecificDatumReader<VisitorState> reader = readers.get(ByteBuffer.wrap(state).getLong());
    if (reader == null) {
      throw new IllegalStateException(
          "A visitor's state was written with a schema this version does not know. Restore with"
              + " the version that wrote it, or a later one.");
    }
    try {
      decoder =
          DecoderFactory.get().binaryDecoder(state, Long.BYTES, state.length - Long.BYTES, decoder);
      return reader.read(null, decoder);
    } catch (IOException e) {
      throw new UncheckedIOException("Decoding a visitor's state from memory", e);
    }
  }

  static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  private void addReader(Schema schema) {
    readers.put(
        fingerprint(schema), new SpecificDatumReader<>(schema, VisitorState.SCHEMA$, model));
  }

  /** The coders Avro generated into the classes cost half of what the general ones do. */
  private static SpecificData generatedCoders() {
    SpecificData model = new SpecificData(VisitorState.class.getClassLoader());
    model.setCustomCoders(true);
    model.setFastReaderEnabled(false);
    return model;
  }
}

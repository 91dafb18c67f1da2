package io.searchloop.jobs.state;

import io.searchloop.schemas.serde.TrustedClasses;
import io.searchloop.schemas.state.SearchOrigin;
import io.searchloop.schemas.state.SearchPage;
import io.searchloop.schemas.state.SearchState;
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
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record of state as one array of bytes: small on the heap, one value in RocksDB. It begins with
 * the fingerprint of the Avro schema it was written with, and every schema a state was ever written
 * with is kept beside this class as {@code NAME.N.avsc}, so an older job's state is read by a newer
 * one. Confined to one thread.
 */
public final class StateCodec<T extends SpecificRecord> {
  static {
    TrustedClasses.trust();
  }

  private final Schema present;
  private final long fingerprint;
  private final SpecificData model = generatedCoders();
  private final Map<Long, SpecificDatumReader<T>> readers = new HashMap<>();
  private final SpecificDatumWriter<T> writer;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
  private final DataOutputStream header = new DataOutputStream(bytes);
  private @Nullable BinaryEncoder encoder;
  private @Nullable BinaryDecoder decoder;

  /**
   * @param present schema to write with
   * @param earlier schemas that state may have been written with, beside the present one
   */
  StateCodec(Schema present, List<Schema> earlier) {
    this.present = present;
    this.fingerprint = fingerprint(present);
    this.writer = new SpecificDatumWriter<>(present, model);
    earlier.forEach(this::addReader);
    addReader(present);
  }

  /** Everything kept of a visitor. */
  public static StateCodec<VisitorState> ofVisitors() {
    return new StateCodec<>(VisitorState.getClassSchema(), shipped("visitor_state"));
  }

  /** One search of a visitor, as it waits to be opened. */
  public static StateCodec<SearchState> ofSearches() {
    return new StateCodec<>(
        SearchState.getClassSchema(),
        shipped("visitor_state").stream()
            .map(visitor -> visitor.getField("searches").schema().getElementType())
            .toList());
  }

  /** What tuples carry of a search. */
  public static StateCodec<SearchOrigin> ofOrigins() {
    return new StateCodec<>(SearchOrigin.getClassSchema(), shipped("search_origin"));
  }

  /** What prices need of a page. */
  public static StateCodec<SearchPage> ofPages() {
    return new StateCodec<>(SearchPage.getClassSchema(), shipped("search_page"));
  }

  /** Every schema that such state was ever written with, the present one last. */
  static List<Schema> shipped(String name) {
    List<Schema> schemas = new ArrayList<>();
    for (Optional<Schema> next = shipped(name, 1);
        next.isPresent();
        next = shipped(name, schemas.size() + 1)) {
      schemas.add(next.get());
    }
    return schemas;
  }

  private static Optional<Schema> shipped(String name, int version) {
    String file = name + "." + version + ".avsc";
    try (InputStream in = StateCodec.class.getResourceAsStream(file)) {
      return in == null ? Optional.empty() : Optional.of(new Schema.Parser().parse(in));
    } catch (IOException e) {
      throw new UncheckedIOException("Reading " + file + " from the class path", e);
    }
  }

  /** The packed form. */
  public byte[] write(T state) {
    try {
      bytes.reset();
      header.writeLong(fingerprint);
      encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
      writer.write(state, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("Encoding state in memory", e);
    }
  }

  /**
   * Reads the packed form, which stays as it is.
   *
   * @throws IllegalStateException when no known schema has written it
   */
  public T read(ByteBuffer state) {
    SpecificDatumReader<T> reader = readers.get(state.getLong(state.position()));
    if (reader == null) {
      throw new IllegalStateException(
          "State of %s was written with a schema this version does not know. Restore with the version that wrote it, or a later one."
              .formatted(present.getName()));
    }
    try {
      decoder =
          DecoderFactory.get()
              .binaryDecoder(
                  state.array(),
                  state.arrayOffset() + state.position() + Long.BYTES,
                  state.remaining() - Long.BYTES,
                  decoder);
      return reader.read(null, decoder);
    } catch (IOException e) {
      throw new UncheckedIOException("Decoding state from memory", e);
    }
  }

  static long fingerprint(Schema schema) {
    return SchemaNormalization.parsingFingerprint64(schema);
  }

  private void addReader(Schema schema) {
    readers.put(fingerprint(schema), new SpecificDatumReader<>(schema, present, model));
  }

  /** The coders Avro generated into the classes cost half of what the general ones do. */
  private static SpecificData generatedCoders() {
    SpecificData model = new SpecificData(VisitorState.class.getClassLoader());
    model.setCustomCoders(true);
    model.setFastReaderEnabled(false);
    return model;
  }
}

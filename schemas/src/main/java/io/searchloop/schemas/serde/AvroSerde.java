package io.searchloop.schemas.serde;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.access.AccessRemedy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Serde of one topic in Confluent wire format. Safe for use by several threads.
 *
 * <p>Reading resolves the writer's schema by id and projects it onto the generated class, so
 * records of older and newer schemas are read alike. Undecodable bytes throw {@link
 * UndecodableRecordException}; an unreachable registry throws {@link UncheckedIOException}, which
 * is worth a retry.
 */
public final class AvroSerde<V extends SpecificRecord> implements Serde<V> {
  private static final byte MAGIC = 0;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;
  private static final int NOT_FOUND = 404;

  /**
   * How the client begins what it says of a schema that it was given and cannot parse, such as one
   * of Protobuf; the registry is there, and will say the same for ever.
   */
  private static final String UNPARSABLE = "Invalid schema";

  static {
    TrustedClasses.trust();
  }

  private final Topic<V> topic;
  private final SchemaRegistryClient registry;
  private final boolean registerSchemas;
  private final SpecificData model;
  private final Schema schema;
  private final Map<Integer, Schema> writerSchemas = new ConcurrentHashMap<>();
  private final ThreadLocal<Codec> codecs = ThreadLocal.withInitial(Codec::new);
  private volatile int schemaId = -1;

  /**
   * @param topic topic whose values are read and written
   * @param registry client of the schema registry
   * @param registerSchemas whether a missing schema is registered on first write; off in production
   */
  public AvroSerde(Topic<V> topic, SchemaRegistryClient registry, boolean registerSchemas) {
    this.topic = topic;
    this.registry = registry;
    this.registerSchemas = registerSchemas;
    this.model = SpecificData.getForClass(topic.valueClass());
    this.schema = model.getSchema(topic.valueClass());
  }

  @Override
  public Serializer<V> serializer() {
    return (topicName, record) -> serialize(record);
  }

  @Override
  public Deserializer<V> deserializer() {
    return (topicName, bytes) -> bytes == null ? null : deserialize(bytes);
  }

  /** Encodes a record; null stays null, as a tombstone. */
  public byte @Nullable [] serialize(@Nullable V record) {
    return record == null ? null : encode(record);
  }

  /** Encodes a record. */
  public byte[] encode(V record) {
    try {
      return codecs.get().write(writeSchemaId(), record);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot encode a record for " + topic.name(), e);
    }
  }

  /**
   * Decodes a record.
   *
   * @throws UndecodableRecordException when the bytes are not a record this topic can carry
   * @throws UncheckedIOException when the registry cannot be reached
   */
  public V deserialize(byte[] bytes) {
    if (bytes.length < HEADER_BYTES || bytes[0] != MAGIC) {
      throw malformed(
          bytes.length < HEADER_BYTES
              ? bytes.length + " bytes, expected at least " + HEADER_BYTES
              : "first byte " + bytes[0] + ", expected " + MAGIC,
          null);
    }
    Schema writer = writerSchema(ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt());
    // Reading compares no names, and with a default in every field any record would resolve to
    // ours.
    // Registries compare them without namespace.
    if (!writer.getName().equals(schema.getName())) {
      throw malformed("a record of schema " + writer.getFullName(), null);
    }
    try {
      return codecs.get().read(writer, bytes);
    } catch (IOException | RuntimeException e) {
      throw malformed("payload does not follow schema " + writer.getFullName(), e);
    }
  }

  private int writeSchemaId() {
    int id = schemaId;
    if (id < 0) {
      id = lookUpSchemaId();
      schemaId = id;
    }
    return id;
  }

  private int lookUpSchemaId() {
    AvroSchema avro = new AvroSchema(schema);
    try {
      return registerSchemas
          ? registry.register(topic.subject(), avro)
          : registry.getId(topic.subject(), avro);
    } catch (RestClientException e) {
      throw new IllegalStateException(
          "Schema of subject "
              + topic.subject()
              + " refused by the registry: "
              + e.getMessage()
              + ". "
              + AccessRemedy.of(e)
                  .orElse("Register it in the registry, or check its compatibility."),
          e);
    } catch (IOException e) {
      throw unreachable(e);
    }
  }

  private Schema writerSchema(int id) {
    Schema known = writerSchemas.get(id);
    if (known != null) {
      return known;
    }
    try {
      Schema fetched = ((AvroSchema) registry.getSchemaById(id)).rawSchema();
      writerSchemas.put(id, fetched);
      return fetched;
    } catch (RestClientException e) {
      if (e.getStatus() == NOT_FOUND) {
        throw unknown(id, "is not in the registry", e);
      }
      throw unreachable(new IOException(e));
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).startsWith(UNPARSABLE)) {
        throw unknown(id, "is of no Avro schema that can be read", e);
      }
      throw unreachable(e);
    }
  }

  private UndecodableRecordException unknown(int id, String what, Exception cause) {
    return new UndecodableRecordException(
        DeadLetterReason.UNKNOWN_SCHEMA,
        "%s: schema id %d %s, expected the id of a schema of %s. Produce through the registry this system uses."
            .formatted(topic.name(), id, what, topic.subject()),
        cause);
  }

  private UncheckedIOException unreachable(IOException cause) {
    return new UncheckedIOException(
        "Schema registry not reachable for "
            + topic.subject()
            + ". "
            + AccessRemedy.of(cause).orElse("Check schema.registry.url."),
        cause);
  }

  private UndecodableRecordException malformed(String found, @Nullable Throwable cause) {
    return new UndecodableRecordException(
        DeadLetterReason.MALFORMED,
        topic.name()
            + ": "
            + found
            + ". Expected Confluent wire format: byte 0, schema id as int32, Avro binary of "
            + schema.getFullName()
            + ".",
        cause);
  }

  /** Encoder and decoder state of one thread. */
  private final class Codec {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    private final SpecificDatumWriter<V> writer = new SpecificDatumWriter<>(schema, model);
    private final Map<Schema, SpecificDatumReader<V>> readers = new java.util.IdentityHashMap<>();
    private @Nullable BinaryEncoder encoder;
    private @Nullable BinaryDecoder decoder;

    byte[] write(int id, V record) throws IOException {
      out.reset();
      out.write(MAGIC);
      out.write(id >>> 24);
      out.write(id >>> 16);
      out.write(id >>> 8);
      out.write(id);
      encoder = EncoderFactory.get().directBinaryEncoder(out, encoder);
      writer.write(record, encoder);
      encoder.flush();
      return out.toByteArray();
    }

    V read(Schema writerSchema, byte[] bytes) throws IOException {
      decoder =
          DecoderFactory.get()
              .binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, decoder);
      V record =
          readers
              .computeIfAbsent(writerSchema, w -> new SpecificDatumReader<>(w, schema, model))
              .read(null, decoder);
      if (!decoder.isEnd()) {
        throw new IOException("trailing bytes after the record");
      }
      return record;
    }
  }
}

package io.searchloop.schemas.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.golden.GoldenRecords.Written;
import io.searchloop.schemas.serde.AvroSerde;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Topics outlive the code: what older versions wrote is read, and older readers read ours. */
class GoldenRecordsTest {
  /** Commits whose records are kept; the first is of the evening of the second day. */
  private static final List<String> VERSIONS = List.of("e006697", "57ebe65");

  private static final int HEADER_BYTES = 5;
  private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();

  static Stream<Arguments> written() throws IOException {
    List<Arguments> all = new ArrayList<>();
    for (String version : VERSIONS) {
      Map<String, Written> topics = GoldenRecords.of(version).topics();
      for (Topic<?> topic : Topics.ALL) {
        Written written = topics.get(topic.name());
        if (written != null) {
          all.add(Arguments.of(version, topic, written));
        }
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("written")
  <V extends SpecificRecord> void readsWhatOlderVersionsWrote(
      String version, Topic<V> topic, Written written) throws Exception {
    int id = registry.register(topic.subject(), new AvroSchema(written.writer()));
    AvroSerde<V> serde = new AvroSerde<>(topic, registry, false);

    for (byte[] payload : written.bytes()) {
      V read = serde.deserialize(wire(id, payload));

      GenericRecord old = generic(written.writer(), written.writer(), payload);
      assertThat(same(old, generic(read.getSchema(), read.getSchema(), payload(topic, read))))
          .isTrue();
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("written")
  <V extends SpecificRecord> void olderVersionsReadWhatThisOneWrites(
      String version, Topic<V> topic, Written written) throws Exception {
    Schema present = topic.valueClass().getDeclaredConstructor().newInstance().getSchema();
    int id = registry.register(topic.subject(), new AvroSchema(present));
    AvroSerde<V> serde = new AvroSerde<>(topic, registry, true);

    for (String random : GoldenRecords.payloads(present)) {
      V record = serde.deserialize(wire(id, Base64.getDecoder().decode(random)));
      byte[] payload = payload(topic, record);

      assertThat(
              same(generic(present, written.writer(), payload), generic(present, present, payload)))
          .isTrue();
    }
  }

  /** {@code -Dsearchloop.golden.schemas=FOLDER -Dsearchloop.golden.out=FILE} writes a version. */
  @Test
  void writesAVersion() throws IOException {
    String schemas = System.getProperty("searchloop.golden.schemas", "");
    assumeTrue(!schemas.isEmpty(), "no version is to be written");
    GoldenRecords.by(Path.of(schemas)).write(Path.of(System.getProperty("searchloop.golden.out")));
  }

  private <V extends SpecificRecord> byte[] payload(Topic<V> topic, V record) {
    byte[] wire = new AvroSerde<>(topic, registry, true).encode(record);
    return java.util.Arrays.copyOfRange(wire, HEADER_BYTES, wire.length);
  }

  private static byte[] wire(int id, byte[] payload) {
    return ByteBuffer.allocate(HEADER_BYTES + payload.length)
        .put((byte) 0)
        .putInt(id)
        .put(payload)
        .array();
  }

  private static GenericRecord generic(Schema writer, Schema reader, byte[] payload)
      throws IOException {
    return new GenericDatumReader<GenericRecord>(writer, reader)
        .read(null, DecoderFactory.get().binaryDecoder(payload, null));
  }

  /** Whether two values agree in every field that both have. */
  private static boolean same(Object one, Object other) {
    if (one instanceof GenericRecord left && other instanceof GenericRecord right) {
      return left.getSchema().getFields().stream()
          .filter(field -> right.getSchema().getField(field.name()) != null)
          .allMatch(field -> same(left.get(field.name()), right.get(field.name())));
    }
    if (one instanceof Collection<?> left && other instanceof Collection<?> right) {
      List<?> rights = List.copyOf(right);
      int i = 0;
      boolean same = left.size() == rights.size();
      for (Object element : left) {
        same = same && same(element, rights.get(i++));
      }
      return same;
    }
    if (one instanceof Map<?, ?> left && other instanceof Map<?, ?> right) {
      return texts(left).equals(texts(right));
    }
    if (one instanceof GenericEnumSymbol<?> left
        && !left.getSchema().getEnumSymbols().contains(String.valueOf(other))) {
      return left.toString().equals(left.getSchema().getEnumDefault());
    }
    return one instanceof ByteBuffer
        ? one.equals(other)
        : String.valueOf(one).equals(String.valueOf(other));
  }

  private static Map<String, String> texts(Map<?, ?> map) {
    Map<String, String> texts = new java.util.TreeMap<>();
    map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
    return texts;
  }
}

package io.searchloop.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.searchloop.fuzzing.Bounds;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A record of any topic. The first byte chooses the topic; with its highest bit set the rest is the
 * whole record, otherwise what follows a header that is right.
 */
class WireFormatFuzz {
  private static final int WHOLE = 0x80;
  private static final MockSchemaRegistryClient REGISTRY = new MockSchemaRegistryClient();
  private static final List<AvroSerde<?>> SERDES = new ArrayList<>();
  private static final List<byte[]> HEADERS = new ArrayList<>();

  static {
    Topics.ALL.forEach(topic -> open(topic));
  }

  static Stream<byte[]> seeds() throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    for (int i = 0; i < Topics.ALL.size(); i++) {
      Schema schema =
          org.apache.avro.specific.SpecificData.get().getSchema(Topics.ALL.get(i).valueClass());
      for (int seed = 0; seed < 3; seed++) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(i);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        new GenericDatumWriter<>(schema)
            .write(new RandomData(schema, 1, seed, true).iterator().next(), encoder);
        seeds.add(out.toByteArray());
      }
    }
    return seeds.stream();
  }

  @MethodSource("seeds")
  @FuzzTest
  void decodes(byte[] input) throws Exception {
    if (input.length == 0) {
      return;
    }
    int topic = (input[0] & WHOLE - 1) % SERDES.size();
    byte[] rest = Arrays.copyOfRange(input, 1, input.length);
    byte[] record = (input[0] & WHOLE) != 0 ? rest : concat(HEADERS.get(topic), rest);
    Bounds.within(input.length, () -> check(SERDES.get(topic), record));
  }

  private static <V extends SpecificRecord> void check(AvroSerde<V> serde, byte[] bytes) {
    V record;
    try {
      record = serde.deserialize(bytes);
    } catch (UndecodableRecordException e) {
      Bounds.requireNamed(e);
      return;
    }
    // As text, in which NaN equals itself; generated classes compare numbers by `==`.
    assertThat(serde.deserialize(serde.encode(record))).hasToString(record.toString());
  }

  private static <V extends SpecificRecord> void open(Topic<V> topic) {
    AvroSerde<V> serde = new AvroSerde<>(topic, REGISTRY, true);
    try {
      V empty = topic.valueClass().getDeclaredConstructor().newInstance();
      Schema schema = empty.getSchema();
      int id =
          REGISTRY.register(
              topic.subject(), new io.confluent.kafka.schemaregistry.avro.AvroSchema(schema));
      HEADERS.add(
          new byte[] {0, (byte) (id >>> 24), (byte) (id >>> 16), (byte) (id >>> 8), (byte) id});
    } catch (Exception e) {
      throw new IllegalStateException(topic.name(), e);
    }
    SERDES.add(serde);
  }

  private static byte[] concat(byte[] head, byte[] rest) {
    byte[] all = Arrays.copyOf(head, head.length + rest.length);
    System.arraycopy(rest, 0, all, head.length, rest.length);
    return all;
  }
}

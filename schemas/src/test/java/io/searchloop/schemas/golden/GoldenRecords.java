package io.searchloop.schemas.golden;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;

/**
 * Records of every topic as one version wrote them: its schema, and payloads with all kinds of
 * values.
 *
 * @param topics by name of the topic
 */
record GoldenRecords(Map<String, Written> topics) {
  private static final int EACH = 4;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * One topic.
   *
   * @param schema as the registry had it
   * @param payloads Avro binary, Base64
   */
  record Written(String schema, List<String> payloads) {
    Schema writer() {
      return new Schema.Parser().parse(schema);
    }

    List<byte[]> bytes() {
      return payloads.stream().map(Base64.getDecoder()::decode).toList();
    }
  }

  /** As the version of a commit wrote them. */
  static GoldenRecords of(String version) throws IOException {
    String name = "/golden/" + version + "/records.json.gz";
    try (InputStream packed = GoldenRecords.class.getResourceAsStream(name);
        InputStream in = new GZIPInputStream(Objects.requireNonNull(packed, name))) {
      return JSON.readValue(in, GoldenRecords.class);
    }
  }

  /** Writes records by the schemas of a folder: {@code git show COMMIT:schemas/avro/FILE}. */
  static GoldenRecords by(Path schemas) throws IOException {
    Schema.Parser parser = new Schema.Parser();
    try (Stream<Path> files = Files.list(schemas)) {
      for (Path file : files.sorted().toList()) {
        parser.parse(file.toFile());
      }
    }
    Map<String, Written> topics = new TreeMap<>();
    for (Topic<?> topic : Topics.ALL) {
      Schema schema = parser.getTypes().get(topic.valueClass().getName());
      if (schema != null) {
        topics.put(topic.name(), new Written(schema.toString(), payloads(schema)));
      }
    }
    return new GoldenRecords(topics);
  }

  void write(Path file) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      JSON.writeValue(out, this);
    }
  }

  /** Payloads of random values, the same for the same schema. */
  static List<String> payloads(Schema schema) throws IOException {
    List<String> payloads = new ArrayList<>();
    for (Object record : new RandomData(schema, EACH, 7, true)) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      new GenericDatumWriter<>(schema).write(record, encoder);
      payloads.add(Base64.getEncoder().encodeToString(out.toByteArray()));
    }
    return payloads;
  }
}

package io.searchloop.app.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.searchloop.schemas.client.Brokers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps schemas on the compacted topic {@code _schemas} in Confluent's record format, so that they
 * live with the data they describe and a genuine registry can take the topic over.
 *
 * <p>One process writes; not thread-safe, guarded by {@link SchemaRegistry}.
 */
final class SchemaLog implements AutoCloseable {
  static final String TOPIC = "_schemas";

  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final ObjectMapper json = new ObjectMapper();
  private final Brokers bootstrapServers;
  private final KafkaProducer<byte[], byte[]> producer;

  SchemaLog(Brokers bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.producer =
        new KafkaProducer<>(
            bootstrapServers.with(Map.of("acks", "all", "linger.ms", 0)),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Creates the topic when it is missing, then feeds everything on it to a store. */
  void replayInto(SchemaStore store) {
    createWhenMissing();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            bootstrapServers.with(Map.of()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION)).values().iterator().next();
      while (consumer.position(PARTITION) < end) {
        consumer.poll(POLL).forEach(record -> apply(record, store));
      }
    }
  }

  /** Writes a schema and returns once it is safe. */
  void append(RegisteredSchema schema) {
    ObjectNode key = key("SCHEMA", schema.subject());
    key.put("version", schema.version()).put("magic", 1);
    ObjectNode value = json.valueToTree(schema);
    append(key, value.put("deleted", false));
  }

  /** Writes the level of a subject, or of all ({@code null}), and returns once it is safe. */
  void append(Optional<String> subject, Optional<CompatibilityLevel> level) {
    ObjectNode key = key("CONFIG", subject.orElse(null)).put("magic", 0);
    append(
        key,
        level.map(l -> json.createObjectNode().put("compatibilityLevel", l.name())).orElse(null));
  }

  @Override
  public void close() {
    producer.close();
  }

  private ObjectNode key(String type, @Nullable String subject) {
    return json.createObjectNode().put("keytype", type).put("subject", subject);
  }

  private void append(ObjectNode key, @Nullable ObjectNode value) {
    try {
      byte[] bytes = value == null ? null : json.writeValueAsBytes(value);
      Futures.get(
          "write to " + TOPIC,
          producer.send(new ProducerRecord<>(TOPIC, 0, json.writeValueAsBytes(key), bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void apply(ConsumerRecord<byte[], byte[]> record, SchemaStore store) {
    try {
      JsonNode key = json.readTree(record.key());
      Optional<JsonNode> value =
          record.value() == null ? Optional.empty() : Optional.of(json.readTree(record.value()));
      switch (key.path("keytype").asText()) {
        case "NOOP" -> {}
        case "SCHEMA" -> store.add(schema(value.orElseThrow(() -> deletion(record))));
        case "CONFIG" ->
            store.setLevel(
                Optional.ofNullable(key.path("subject").textValue()),
                value.map(v -> CompatibilityLevel.forName(v.path("compatibilityLevel").asText())));
        default -> throw deletion(record);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(
          TOPIC + " offset " + record.offset() + " is not JSON; expected Confluent's format", e);
    }
  }

  private static RegisteredSchema schema(JsonNode value) {
    return new RegisteredSchema(
        value.path("subject").asText(),
        value.path("version").asInt(),
        value.path("id").asInt(),
        value.path("schema").asText());
  }

  private static IllegalStateException deletion(ConsumerRecord<byte[], byte[]> record) {
    return new IllegalStateException(
        TOPIC
            + " offset "
            + record.offset()
            + " deletes a schema or changes a mode, which the embedded registry never does."
            + " Run the registry that wrote it and point schema.registry.url there.");
  }

  private void createWhenMissing() {
    try (Admin admin = Admin.create(bootstrapServers.with(Map.of()))) {
      if (!Futures.get("list topics", admin.listTopics().names()).contains(TOPIC)) {
        NewTopic topic =
            new NewTopic(TOPIC, Optional.of(1), Optional.empty())
                .configs(Map.of("cleanup.policy", "compact"));
        Futures.get("create " + TOPIC, admin.createTopics(List.of(topic)).all());
      }
    }
  }
}

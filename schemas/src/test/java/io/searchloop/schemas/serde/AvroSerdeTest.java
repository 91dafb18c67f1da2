package io.searchloop.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
  private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
  private final AvroSerde<SearchEvent> serde = new AvroSerde<>(Topics.EVENTS, registry, true);
  private final SearchEvent click =
      SearchEvent.newBuilder()
          .setEventId("e1")
          .setQueryId("q1")
          .setClientId("c1")
          .setActionName("click")
          .setTimestamp(Instant.ofEpochMilli(1234))
          .setObjectId("p1")
          .setPage(List.of("p1", "p2"))
          .build();

  @Test
  void readsWhatItWrote() {
    assertThat(serde.deserialize(serde.encode(click))).isEqualTo(click);
  }

  @Test
  void writesConfluentWireFormat() throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(serde.encode(click));

    assertThat(bytes.get()).isZero();
    assertThat(bytes.getInt())
        .isEqualTo(
            registry.getId("search.events.v1-value", new AvroSchema(SearchEvent.getClassSchema())));
  }

  @Test
  void readsRecordsOfAnotherSchemaVersion() throws Exception {
    Schema older =
        new Schema.Parser()
            .parse(
                """
                {"type":"record","name":"SearchEvent","namespace":"io.searchloop.schemas","fields":[
                 {"name":"event_id","type":"string","default":""},
                 {"name":"retired","type":"string","default":""}]}
                """);
    int id = registry.register("older-value", new AvroSchema(older));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
    var encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<>(older)
        .write(
            new GenericRecordBuilder(older).set("event_id", "e9").set("retired", "x").build(),
            encoder);
    encoder.flush();

    SearchEvent read = serde.deserialize(out.toByteArray());

    assertThat(read.getEventId()).isEqualTo("e9");
    assertThat(read.getActionName()).isEmpty();
  }

  @Test
  void refusesARecordOfAnotherTopicThoughItsFieldsWouldResolve() {
    byte[] decision =
        new AvroSerde<>(Topics.DECISIONS, registry, true)
            .encode(Decision.newBuilder().setQueryId("q1").setClientId("c1").build());

    assertThatThrownBy(() -> serde.deserialize(decision))
        .isInstanceOfSatisfying(
            UndecodableRecordException.class,
            e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.MALFORMED))
        .hasMessageContaining("io.searchloop.schemas.Decision")
        .hasMessageContaining("io.searchloop.schemas.SearchEvent");
  }

  @Test
  void namesWhyBytesAreNoRecord() {
    byte[] bytes = serde.encode(click);
    byte[] cut = Arrays.copyOf(bytes, bytes.length - 3);
    byte[] trailing = Arrays.copyOf(bytes, bytes.length + 1);

    assertRefused(new byte[] {1, 2}, DeadLetterReason.MALFORMED, "2 bytes, expected at least 5");
    assertRefused("{\"event\"}".getBytes(), DeadLetterReason.MALFORMED, "first byte 123");
    assertRefused(cut, DeadLetterReason.MALFORMED, "does not follow schema");
    assertRefused(trailing, DeadLetterReason.MALFORMED, "does not follow schema");
    assertRefused(new byte[] {0, 0, 0, 9, 9, 1}, DeadLetterReason.UNKNOWN_SCHEMA, "schema id 2313");
  }

  @Test
  void refusesToWriteAnUnregisteredSchemaWhenRegistrationIsOff() {
    AvroSerde<SearchEvent> strict =
        new AvroSerde<>(Topics.EVENTS, new MockSchemaRegistryClient(), false);

    assertThatThrownBy(() -> strict.encode(click))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("search.events.v1-value");
  }

  private void assertRefused(byte[] bytes, DeadLetterReason reason, String message) {
    assertThatThrownBy(() -> serde.deserialize(bytes))
        .isInstanceOfSatisfying(
            UndecodableRecordException.class, e -> assertThat(e.reason()).isEqualTo(reason))
        .hasMessageContaining(message);
  }
}

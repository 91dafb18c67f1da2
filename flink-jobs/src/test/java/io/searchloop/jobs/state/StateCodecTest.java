package io.searchloop.jobs.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.searchloop.schemas.state.SearchOrigin;
import io.searchloop.schemas.state.SearchPage;
import io.searchloop.schemas.state.SearchState;
import io.searchloop.schemas.state.VisitorState;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StateCodecTest {
  @Test
  void readsWhatItWrote() {
    StateCodec<VisitorState> codec = StateCodec.ofVisitors();
    VisitorState state =
        VisitorState.newBuilder()
            .setSearches(List.of(SearchState.newBuilder().setQueryId("q").setClosesAt(7).build()))
            .setTouches(3)
            .build();

    assertThat(codec.read(ByteBuffer.wrap(codec.write(state)))).isEqualTo(state);
  }

  @Test
  void readsStateOfAnEarlierSchemaWithDefaultsForWhatItLacks() throws IOException {
    Schema earlier = without("cap_searches");
    ByteBuffer bytes = encode(earlier, new GenericRecordBuilder(earlier).set("touches", 5).build());

    VisitorState state =
        new StateCodec<VisitorState>(VisitorState.SCHEMA$, List.of(earlier)).read(bytes);

    assertThat(state.getTouches()).isEqualTo(5);
    assertThat(state.getCapSearches()).isZero();
  }

  @Test
  void saysSoWhenTheSchemaIsUnknown() throws IOException {
    Schema unknown = without("touches");
    ByteBuffer bytes = encode(unknown, new GenericRecordBuilder(unknown).build());

    assertThatThrownBy(() -> StateCodec.ofVisitors().read(bytes))
        .hasMessageContaining("Restore with the version that wrote it");
  }

  static Stream<Arguments> stateSchemas() {
    return Stream.of(
        arguments("visitor_state", VisitorState.SCHEMA$),
        arguments("search_origin", SearchOrigin.SCHEMA$),
        arguments("search_page", SearchPage.SCHEMA$));
  }

  /** Whoever changes a schema adds it as the next version, or states in the field are lost. */
  @ParameterizedTest
  @MethodSource("stateSchemas")
  void shipsThePresentSchemaLastAndReadsAllOthers(String name, Schema present) {
    List<Schema> shipped = StateCodec.shipped(name);

    assertThat(fingerprint(shipped.get(shipped.size() - 1)))
        .as("%s.%d.avsc against schemas/state/%s.avsc", name, shipped.size(), name)
        .isEqualTo(fingerprint(present));
    assertThat(shipped)
        .allSatisfy(
            schema ->
                assertThat(
                        SchemaCompatibility.checkReaderWriterCompatibility(present, schema)
                            .getType())
                    .isEqualTo(SchemaCompatibilityType.COMPATIBLE));
  }

  private static long fingerprint(Schema schema) {
    return StateCodec.fingerprint(schema);
  }

  private static Schema without(String field) {
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field kept : VisitorState.SCHEMA$.getFields()) {
      if (!kept.name().equals(field)) {
        fields.add(new Schema.Field(kept, kept.schema()));
      }
    }
    Schema schema = VisitorState.SCHEMA$;
    return Schema.createRecord(
        schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
  }

  private static ByteBuffer encode(Schema schema, Object record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new DataOutputStream(bytes).writeLong(fingerprint(schema));
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new GenericDatumWriter<>(schema).write(record, encoder);
    return ByteBuffer.wrap(bytes.toByteArray());
  }
}

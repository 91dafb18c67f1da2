package io.searchloop.jobs.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.schemas.state.SearchState;
import io.searchloop.schemas.state.VisitorState;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class VisitorStateCodecTest {
  @Test
  void readsWhatItWrote() {
    VisitorStateCodec codec = new VisitorStateCodec();
    VisitorState state = VisitorStates.fresh();
    state.getSearches().add(SearchState.newBuilder().setQueryId("q").setClosesAt(7).build());
    state.setTouches(3);

    assertThat(codec.read(codec.write(state))).isEqualTo(state);
  }

  @Test
  void readsStateOfAnEarlierSchemaWithDefaultsForWhatItLacks() throws IOException {
    Schema earlier = without("cap_searches");
    byte[] bytes = encode(earlier, new GenericRecordBuilder(earlier).set("touches", 5).build());

    VisitorState state = new VisitorStateCodec(List.of(earlier)).read(bytes);

    assertThat(state.getTouches()).isEqualTo(5);
    assertThat(state.getCapSearches()).isZero();
  }

  @Test
  void saysSoWhenTheSchemaIsUnknown() throws IOException {
    Schema unknown = without("touches");
    byte[] bytes = encode(unknown, new GenericRecordBuilder(unknown).build());

    assertThatThrownBy(() -> new VisitorStateCodec().read(bytes))
        .hasMessageContaining("Restore with the version that wrote it");
  }

  /** Whoever changes the schema adds it as the next version, or states in the field are lost. */
  @Test
  void shipsThePresentSchemaLastAndReadsAllOthers() {
    List<Schema> shipped = VisitorStateCodec.shipped();

    assertThat(fingerprint(shipped.get(shipped.size() - 1)))
        .as("visitor_state.%d.avsc against schemas/state/visitor_state.avsc", shipped.size())
        .isEqualTo(fingerprint(VisitorState.SCHEMA$));
    assertThat(shipped)
        .allSatisfy(
            schema ->
                assertThat(
                        SchemaCompatibility.checkReaderWriterCompatibility(
                                VisitorState.SCHEMA$, schema)
                            .getType())
                    .isEqualTo(SchemaCompatibilityType.COMPATIBLE));
  }

  private static long fingerprint(Schema schema) {
    return VisitorStateCodec.fingerprint(schema);
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

  private static byte[] encode(Schema schema, Object record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new DataOutputStream(bytes).writeLong(fingerprint(schema));
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    new GenericDatumWriter<>(schema).write(record, encoder);
    return bytes.toByteArray();
  }
}

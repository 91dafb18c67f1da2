package io.searchloop.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules that keep every schema fully transitive: a default each, UNKNOWN in each enum. */
class SchemaRulesTest {
  static Iterable<Topic<?>> topics() {
    return Topics.ALL;
  }

  @ParameterizedTest
  @MethodSource("topics")
  void everyFieldHasADefaultAndEveryEnumAnUnknown(Topic<?> topic) {
    check(SpecificData.get().getSchema(topic.valueClass()), new HashSet<>());
  }

  @ParameterizedTest
  @MethodSource("topics")
  void readsAnEmptyRecordOfTheSameName(Topic<?> topic) {
    Schema schema = SpecificData.get().getSchema(topic.valueClass());
    Schema empty = Schema.createRecord(schema.getName(), "", schema.getNamespace(), false);
    empty.setFields(java.util.List.of());

    assertThat(SchemaCompatibility.checkReaderWriterCompatibility(schema, empty).getType())
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    assertThat(SchemaCompatibility.checkReaderWriterCompatibility(empty, schema).getType())
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
  }

  private static void check(Schema schema, Set<String> seen) {
    switch (schema.getType()) {
      case RECORD -> {
        if (seen.add(schema.getFullName())) {
          for (Schema.Field field : schema.getFields()) {
            assertThat(field.hasDefaultValue()).as(schema.getName() + "." + field.name()).isTrue();
            assertThat(field.doc()).as(schema.getName() + "." + field.name()).isNotBlank();
            check(field.schema(), seen);
          }
        }
      }
      case ENUM -> {
        assertThat(schema.getEnumSymbols()).contains("UNKNOWN");
        assertThat(schema.getEnumDefault()).isEqualTo("UNKNOWN");
      }
      case ARRAY -> check(schema.getElementType(), seen);
      case MAP -> check(schema.getValueType(), seen);
      default -> {}
    }
  }
}

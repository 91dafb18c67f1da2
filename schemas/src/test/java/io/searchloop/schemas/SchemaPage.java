package io.searchloop.schemas;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.JsonProperties;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** Writes {@code docs/schemas.md} from what the {@code .avsc} files say. */
final class SchemaPage {
  private static final String HEAD =
      """
      # Records

      Written from `schemas/avro` by `SchemaPageTest`; edit the `.avsc` files, never this page.
      Keys are UTF-8 text; values are Avro in Confluent's wire format: byte 0, schema id as big-endian int32, Avro binary.
      The subject of a value is its topic's name and `-value`. Each field has a default, each enum an `UNKNOWN`: older and newer programs read each other.

      """;

  private final StringBuilder page = new StringBuilder(HEAD);
  private final Set<String> described = new HashSet<>();

  private SchemaPage() {}

  /** The whole page. */
  static String write(List<Topic<?>> topics) {
    SchemaPage writer = new SchemaPage();
    writer.contents(topics);
    topics.forEach(writer::topic);
    return writer.page.toString();
  }

  private void contents(List<Topic<?>> topics) {
    page.append("| topic | record | kept |\n|---|---|---|\n");
    for (Topic<?> topic : topics) {
      String name = schema(topic).getName();
      line("| `%s` | [%s](#%s) | %s |", topic.name(), name, anchor(name), kept(topic.retention()));
    }
  }

  private void topic(Topic<?> topic) {
    Deque<Schema> open = new ArrayDeque<>(List.of(schema(topic)));
    while (!open.isEmpty()) {
      Schema schema = open.removeFirst();
      if (described.add(schema.getFullName())) {
        named(schema, open);
      }
    }
  }

  private void named(Schema schema, Deque<Schema> open) {
    line("");
    line("## %s", schema.getName());
    line("");
    line("%s", doc(schema.getDoc()));
    line("");
    if (schema.getType() == Schema.Type.ENUM) {
      line("One of %s.", ticked(schema.getEnumSymbols()));
      return;
    }
    line("| field | type | default | |");
    line("|---|---|---|---|");
    List<Schema> within = new ArrayList<>();
    for (Schema.Field field : schema.getFields()) {
      line(
          "| `%s` | %s | %s | %s |",
          field.name(), type(field.schema(), within), fallback(field), doc(field.doc()));
    }
    // Next to the record that holds them, in the order of its fields.
    for (int i = within.size() - 1; i >= 0; i--) {
      open.addFirst(within.get(i));
    }
  }

  private static String type(Schema schema, List<Schema> within) {
    LogicalType logical = schema.getLogicalType();
    return switch (schema.getType()) {
      case RECORD, ENUM, FIXED -> {
        within.add(schema);
        yield "[%s](#%s)".formatted(schema.getName(), anchor(schema.getName()));
      }
      case ARRAY -> "list of " + type(schema.getElementType(), within);
      case MAP -> "map to " + type(schema.getValueType(), within);
      case UNION ->
          schema.getTypes().stream()
              .map(member -> type(member, within))
              .collect(Collectors.joining(" or "));
      default ->
          logical == null
              ? schema.getType().getName()
              : schema.getType().getName() + ", " + logical.getName();
    };
  }

  private static String fallback(Schema.Field field) {
    Object value = field.defaultVal();
    if (value == JsonProperties.NULL_VALUE) {
      return "`null`";
    }
    if (value instanceof byte[] bytes) {
      return bytes.length == 0 ? "empty" : bytes.length + " bytes";
    }
    if (value instanceof Map<?, ?> fields && !fields.isEmpty()) {
      return "those of its fields";
    }
    String text = Objects.toString(value, "");
    return text.isEmpty() || text.equals("[]") || text.equals("{}") ? "empty" : "`" + text + "`";
  }

  private static String kept(Topic.Retention retention) {
    return switch (retention) {
      case EXPIRES -> "30 days";
      case LEARNED -> "90 days";
      case COMPACTED -> "the latest of each key";
      case FOREVER -> "for ever";
    };
  }

  private static String ticked(List<String> symbols) {
    return symbols.stream().map(s -> "`" + s + "`").collect(Collectors.joining(", "));
  }

  private static String doc(String text) {
    return text == null ? "" : text.replace("|", "\\|").replace("\n", " ");
  }

  private static String anchor(String name) {
    return name.toLowerCase(java.util.Locale.ROOT);
  }

  private static Schema schema(Topic<?> topic) {
    return SpecificData.getForClass(topic.valueClass()).getSchema(topic.valueClass());
  }

  private void line(String format, Object... arguments) {
    page.append(format.formatted(arguments)).append('\n');
  }
}

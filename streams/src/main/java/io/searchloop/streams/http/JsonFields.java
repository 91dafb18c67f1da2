package io.searchloop.streams.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.searchloop.schemas.DeadLetterReason;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Reads the fields of an object strictly: a field of the wrong type or of an unknown name is
 * refused by name, because a storefront that misspells {@code object_id} would otherwise teach
 * nothing and never know.
 */
final class JsonFields {
  private final ObjectNode object;
  private final TreeSet<String> asked = new TreeSet<>();

  JsonFields(ObjectNode object) {
    this.object = object;
  }

  /** A text; empty when absent. */
  String text(String name) {
    return typed(name, JsonNode::isTextual, "a text").map(JsonNode::textValue).orElse("");
  }

  /** A whole number within int; {@code fallback} when absent. */
  int integer(String name, int fallback) {
    return typed(name, n -> n.isIntegralNumber() && n.canConvertToInt(), "a whole number")
        .map(JsonNode::intValue)
        .orElse(fallback);
  }

  /** A whole number within long; {@code fallback} when absent. */
  long longInteger(String name, long fallback) {
    return typed(name, n -> n.isIntegralNumber() && n.canConvertToLong(), "a whole number")
        .map(JsonNode::longValue)
        .orElse(fallback);
  }

  /** A list of texts; empty when absent. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    typed(name, JsonFields::isListOfTexts, "a list of texts")
        .ifPresent(list -> list.forEach(node -> texts.add(node.textValue())));
    return texts;
  }

  /** An object within; empty when absent. */
  Optional<JsonFields> object(String name) {
    return typed(name, JsonNode::isObject, "an object")
        .map(node -> new JsonFields((ObjectNode) node));
  }

  /** A value of any type; empty when absent or null. */
  Optional<JsonNode> present(String name) {
    asked.add(name);
    return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
  }

  /**
   * Ends the reading.
   *
   * @throws FieldException naming the first field nobody asked for
   */
  void end() {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!asked.contains(name)) {
        throw new FieldException(
            DeadLetterReason.INVALID_FIELD,
            "Field `%s` is unknown, expected some of %s. Correct its name or leave it out."
                .formatted(name, asked));
      }
    }
  }

  /** The refusal of a field that is not of its type. */
  static FieldException mistyped(String name, JsonNode found, String expected) {
    return new FieldException(
        DeadLetterReason.INVALID_FIELD,
        "Field `%s` is %s, expected %s. Send it so."
            .formatted(name, found.getNodeType(), expected));
  }

  private Optional<JsonNode> typed(String name, Predicate<JsonNode> type, String expected) {
    Optional<JsonNode> found = present(name);
    if (found.isPresent() && !type.test(found.get())) {
      throw mistyped(name, found.get(), expected);
    }
    return found;
  }

  private static boolean isListOfTexts(JsonNode node) {
    boolean texts = node.isArray();
    for (JsonNode element : node) {
      texts &= element.isTextual();
    }
    return texts;
  }
}

package io.searchloop.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
public final class JsonFields {
  /** A message must not grow with what somebody sends. */
  private static final int MAX_NAME = 80;

  private static final JsonNode NO_LIST = JsonNodeFactory.instance.arrayNode();

  private final ObjectNode object;
  private final TreeSet<String> asked = new TreeSet<>();

  /** Reads an object. */
  public JsonFields(ObjectNode object) {
    this.object = object;
  }

  /** A text; empty when absent. */
  public String text(String name) {
    return typed(name, JsonNode::isTextual, "a text").map(JsonNode::textValue).orElse("");
  }

  /** A whole number within int; {@code fallback} when absent. */
  public int integer(String name, int fallback) {
    return typed(name, n -> n.isIntegralNumber() && n.canConvertToInt(), "a whole number")
        .map(JsonNode::intValue)
        .orElse(fallback);
  }

  /** A whole number within long; {@code fallback} when absent. */
  public long longInteger(String name, long fallback) {
    return typed(name, n -> n.isIntegralNumber() && n.canConvertToLong(), "a whole number")
        .map(JsonNode::longValue)
        .orElse(fallback);
  }

  /** A list of texts; empty when absent. */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode node : typed(name, JsonNode::isArray, "a list of texts").orElse(NO_LIST)) {
      if (!node.isTextual()) {
        throw mistyped("%s[%d]".formatted(name, texts.size()), node, "a text");
      }
      texts.add(node.textValue());
    }
    return texts;
  }

  /** An object within; empty when absent. */
  public Optional<JsonFields> object(String name) {
    return typed(name, JsonNode::isObject, "an object")
        .map(node -> new JsonFields((ObjectNode) node));
  }

  /** A value of any type; empty when absent or null. */
  public Optional<JsonNode> present(String name) {
    asked.add(name);
    return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
  }

  /**
   * Ends the reading.
   *
   * @throws FieldException naming the first field nobody asked for
   */
  public void end() {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!asked.contains(name)) {
        throw new FieldException(
            FieldFault.invalid(
                shortened(name),
                "unknown",
                "some of " + asked,
                "Correct its name or leave it out."));
      }
    }
  }

  /** The refusal of a field that is not of its type. */
  public static FieldException mistyped(String name, JsonNode found, String expected) {
    return new FieldException(
        FieldFault.invalid(name, FieldFault.shown(found), expected, "Send it so."));
  }

  private Optional<JsonNode> typed(String name, Predicate<JsonNode> type, String expected) {
    Optional<JsonNode> found = present(name);
    if (found.isPresent() && !type.test(found.get())) {
      throw mistyped(name, found.get(), expected);
    }
    return found;
  }

  private static String shortened(String name) {
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "...";
  }
}

package io.searchloop.schemas.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.schemas.DeadLetterReason;

/**
 * What is wrong with an event or request, so that its sender can mend it without reading code.
 *
 * @param reason typed reason
 * @param field the field; empty when it is about the whole
 * @param found what was there; never more than a short quotation
 * @param expected what should be there
 * @param remedy a sentence: what to do
 */
public record FieldFault(
    DeadLetterReason reason, String field, String found, String expected, String remedy) {
  private static final int MAX_QUOTED = 80;

  /** The fault of a field that is not there. */
  public static FieldFault missing(String field, String of) {
    return new FieldFault(
        DeadLetterReason.MISSING_FIELD, field, "missing", "a value in every " + of, "Send it.");
  }

  /** The fault of a field whose value cannot be used. */
  public static FieldFault invalid(String field, String found, String expected, String remedy) {
    return new FieldFault(DeadLetterReason.INVALID_FIELD, field, found, expected, remedy);
  }

  /** A value as its sender knows it, and of which type it is. */
  public static String shown(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "the text " + quoted(value.textValue());
      case NUMBER -> "the number " + shortened(value.asText());
      case BOOLEAN -> value.asText();
      case ARRAY -> "a list";
      case OBJECT, POJO -> "an object";
      case NULL, MISSING -> "null";
      case BINARY -> "bytes";
    };
  }

  /** A value in quotation marks; a message must not grow with what somebody sends. */
  public static String quoted(String value) {
    return "'" + shortened(value) + "'";
  }

  private static String shortened(String value) {
    return value.length() <= MAX_QUOTED ? value : value.substring(0, MAX_QUOTED) + "...";
  }

  /** The same fault under the name the field has where it came from. */
  public FieldFault inField(String name) {
    return new FieldFault(reason, name, found, expected, remedy);
  }

  /** All of it in two sentences. */
  public String detail() {
    String what = field.isEmpty() ? "Event" : "Field `" + field + "`";
    return "%s is %s, expected %s. %s".formatted(what, found, expected, remedy);
  }
}

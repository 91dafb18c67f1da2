package io.searchloop.app.events;

import io.searchloop.schemas.json.FieldFault;

/**
 * An event that cannot be used, as its author finds it.
 *
 * @param line line of the file, from one
 * @param event event on the line, from one: an envelope holds several
 * @param reason typed reason
 * @param field the field, by its name in the file; empty when it is about the whole event
 * @param found what is there
 * @param expected what should be
 * @param remedy what to do
 */
public record BadEvent(
    long line,
    int event,
    String reason,
    String field,
    String found,
    String expected,
    String remedy) {

  static BadEvent of(long line, int event, FieldFault fault, String field) {
    return new BadEvent(
        line, event, fault.reason().name(), field, fault.found(), fault.expected(), fault.remedy());
  }

  /** One line for people. */
  public String sentence() {
    String where = event == 1 ? "line " + line : "line %d, event %d".formatted(line, event);
    String what = field.isEmpty() ? "event" : "`" + field + "`";
    return "%s: %s: %s is %s, expected %s. %s"
        .formatted(where, reason, what, found, expected, remedy);
  }
}

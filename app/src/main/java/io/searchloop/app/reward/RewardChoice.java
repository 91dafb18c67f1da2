package io.searchloop.app.reward;

/**
 * A field of a reward configuration that a person may change. Its name drops the unit: {@code
 * long_window_ms} is given as the ISO-8601 duration {@code long-window}.
 *
 * @param field name in the schema
 * @param help what it means
 */
public record RewardChoice(String field, String help) {
  private static final String MILLISECONDS = "_ms";

  /** What a person calls it, in commands, forms and errors. */
  public String name() {
    String text = isDuration() ? field.substring(0, field.length() - MILLISECONDS.length()) : field;
    return text.replace('_', '-');
  }

  /** Whether its value is an ISO-8601 duration. */
  public boolean isDuration() {
    return field.endsWith(MILLISECONDS);
  }
}

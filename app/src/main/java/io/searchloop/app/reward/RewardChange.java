package io.searchloop.app.reward;

import io.searchloop.schemas.RewardConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.avro.Schema;

/** A reward configuration made from another one by texts that a person gave. Pure functions. */
public final class RewardChange {
  private RewardChange() {}

  /**
   * A copy with some fields changed.
   *
   * @param texts new values by {@link RewardChoice#name()}
   * @throws IllegalArgumentException naming a field that is unknown or whose value does not fit
   */
  public static RewardConfig changed(
      RewardConfig base, Instant effectiveFrom, Map<String, String> texts) {
    RewardConfig copy = RewardConfig.newBuilder(base).setEffectiveFrom(effectiveFrom).build();
    TreeSet<String> unknown = new TreeSet<>(texts.keySet());
    for (RewardChoice choice : RewardChoices.ALL) {
      unknown.remove(choice.name());
      String text = texts.get(choice.name());
      if (text != null) {
        Schema.Field field = RewardConfig.getClassSchema().getField(choice.field());
        copy.put(field.pos(), parse(choice, field.schema().getType(), text));
      }
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "Reward fields %s are unknown, expected some of %s. Correct their names."
              .formatted(unknown, RewardChoices.ALL.stream().map(RewardChoice::name).toList()));
    }
    return copy;
  }

  /** One line for each field that differs: option, before, after. */
  public static List<String> differences(RewardConfig before, RewardConfig after) {
    Map<String, String> old = values(before);
    List<String> lines = new ArrayList<>();
    values(after)
        .forEach(
            (name, value) -> {
              String was = old.getOrDefault(name, "");
              if (!was.equals(value)) {
                lines.add(name + ": " + was + " -> " + value);
              }
            });
    return lines;
  }

  /** Every field as text, in the order of the schema. */
  public static Map<String, String> values(RewardConfig config) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Schema.Field field : RewardConfig.getClassSchema().getFields()) {
      Object value = config.get(field.pos());
      values.put(
          field.name(),
          field.name().endsWith("_ms") && value instanceof Long millis
              ? Duration.ofMillis(millis).toString()
              : String.valueOf(value));
    }
    return values;
  }

  private static Object parse(RewardChoice choice, Schema.Type type, String text) {
    try {
      if (choice.isDuration()) {
        return Duration.parse(text).toMillis();
      }
      return switch (type) {
        case STRING -> text;
        case BOOLEAN -> bool(text);
        case INT -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case DOUBLE -> finite(text);
        case ARRAY -> Arrays.stream(text.split(",", -1)).map(RewardChange::finite).toList();
        case RECORD, ENUM, MAP, UNION, FIXED, BYTES, FLOAT, NULL ->
            throw new IllegalStateException("Field " + choice.field() + " has no textual form");
      };
    } catch (IllegalArgumentException | DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "%s is '%s', expected %s."
              .formatted(
                  choice.name(),
                  text,
                  choice.isDuration()
                      ? "an ISO-8601 duration such as PT30M"
                      : "a value of type " + type.getName()),
          e);
    }
  }

  private static Boolean bool(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(text);
    }
    return Boolean.valueOf(text);
  }

  private static Double finite(String text) {
    double value = Double.parseDouble(text.strip());
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }
}

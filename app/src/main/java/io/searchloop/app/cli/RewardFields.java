package io.searchloop.app.cli;

import io.searchloop.schemas.RewardConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The fields of a reward configuration as command-line options, made from its schema, so that a new
 * field is an option at once. {@code purchase_cap} becomes {@code --purchase-cap}; milliseconds
 * become ISO-8601 durations: {@code long_window_ms} becomes {@code --long-window P7D}.
 */
final class RewardFields implements IModelTransformer {
  private static final String MILLISECONDS = "_ms";

  /** The instant is the command's own option; lateness is read once, when the job starts. */
  private static final List<String> NOT_SETTABLE = List.of("effective_from", "lateness_ms");

  @Override
  public CommandSpec transform(CommandSpec command) {
    for (Schema.Field field : settable()) {
      command.addOption(
          OptionSpec.builder(option(field))
              .type(String.class)
              .paramLabel(isDuration(field) ? "DURATION" : "VALUE")
              .description(field.doc())
              .build());
    }
    return command;
  }

  /**
   * A copy with the options that were given.
   *
   * @throws IllegalArgumentException naming an option whose value does not fit
   */
  static RewardConfig changed(RewardConfig base, Instant effectiveFrom, CommandSpec command) {
    RewardConfig copy = RewardConfig.newBuilder(base).setEffectiveFrom(effectiveFrom).build();
    for (Schema.Field field : settable()) {
      String text = command.findOption(option(field)).getValue();
      if (text != null) {
        copy.put(field.pos(), parse(field, text));
      }
    }
    return copy;
  }

  /** One line for each field that differs: option, before, after. */
  static List<String> differences(RewardConfig before, RewardConfig after) {
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
  static Map<String, String> values(RewardConfig config) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Schema.Field field : RewardConfig.getClassSchema().getFields()) {
      Object value = config.get(field.pos());
      values.put(
          field.name(),
          isDuration(field) && value instanceof Long millis
              ? Duration.ofMillis(millis).toString()
              : String.valueOf(value));
    }
    return values;
  }

  private static List<Schema.Field> settable() {
    return RewardConfig.getClassSchema().getFields().stream()
        .filter(field -> !NOT_SETTABLE.contains(field.name()))
        .toList();
  }

  private static String option(Schema.Field field) {
    String name = field.name();
    String text =
        isDuration(field) ? name.substring(0, name.length() - MILLISECONDS.length()) : name;
    return "--" + text.replace('_', '-');
  }

  private static boolean isDuration(Schema.Field field) {
    return field.name().endsWith(MILLISECONDS);
  }

  private static Object parse(Schema.Field field, String text) {
    try {
      if (isDuration(field)) {
        return Duration.parse(text).toMillis();
      }
      return switch (field.schema().getType()) {
        case STRING -> text;
        case BOOLEAN -> bool(text);
        case INT -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case DOUBLE -> finite(text);
        case ARRAY -> Arrays.stream(text.split(",", -1)).map(RewardFields::finite).toList();
        case RECORD, ENUM, MAP, UNION, FIXED, BYTES, FLOAT, NULL ->
            throw new IllegalStateException("Field " + field.name() + " has no textual form");
      };
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new IllegalArgumentException(
          "%s is '%s', expected %s."
              .formatted(
                  option(field),
                  text,
                  isDuration(field)
                      ? "an ISO-8601 duration such as PT30M"
                      : "a value of type " + field.schema().getType().getName()),
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

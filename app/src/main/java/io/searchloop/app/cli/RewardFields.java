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
 * The fields of a reward configuration as command-line options. {@code purchase_cap} becomes {@code
 * --purchase-cap}; milliseconds become ISO-8601 durations: {@code long_window_ms} becomes {@code
 * --long-window P7D}.
 *
 * <p>Options are laid out for every command line, before it is known which command runs and where
 * its log goes. So the schema, whose classes log, is not asked then; a test compares.
 */
final class RewardFields implements IModelTransformer {
  private static final String MILLISECONDS = "_ms";

  /**
   * What a person may change: not the instant, which has its own option, nor the lateness, which is
   * read once, when the job starts.
   */
  static final List<Choice> CHOICES =
      List.of(
          new Choice("name", "Configuration name."),
          new Choice("click", "Reward of the first click on a product."),
          new Choice("add_to_cart", "Reward of the first add-to-cart of a product."),
          new Choice(
              "purchase",
              "Fixed part of the reward of a purchased order line; a refund takes back the share of the units returned."),
          new Choice("short_window_ms", "W1: from impression to the base tuple."),
          new Choice("long_window_ms", "W2: from impression to the last correction."),
          new Choice("purchase_per_unit", "Further reward of an order line for each unit."),
          new Choice(
              "purchase_per_minor_unit",
              "Further reward of an order line for each minor unit of its price."),
          new Choice("purchase_cap", "Most that one order line earns; 0 for no cap."),
          new Choice(
              "hitrate",
              "Further reward of an order line whose product was on the page and would have been missed by the query without a rewrite (BEQUE)."),
          new Choice(
              "position_correction",
              "Whether a click is weighted by 1 / examination of its position."),
          new Choice(
              "examination",
              "Examination of each position from one, where a decision logs none; positions beyond take the last."),
          new Choice("max_click_weight", "Most that a position-corrected click weighs."),
          new Choice(
              "visitor_cap",
              "Most that one visitor's outcomes earn within a cap window, refunds not set off; 0 for no cap."),
          new Choice(
              "visitor_max_searches",
              "Most shown searches of one visitor within a cap window that may be trained on; 0 for no limit."),
          new Choice("cap_window_ms", "Tumbling event-time window of both visitor caps."),
          new Choice(
              "max_events_per_minute",
              "Trust: more distinct events of one visitor in a calendar minute condemn it; 0 for no rule."),
          new Choice(
              "min_dwell_ms", "Trust: clicks closer than this to the one before form a run."),
          new Choice(
              "dwell_clicks",
              "Trust: a run of so many clicks condemns the visitor; 0 for no rule."),
          new Choice(
              "click_all_products",
              "Trust: so many distinct products clicked in one search condemn the visitor; 0 for no rule."),
          new Choice("quarantine_ms", "Trust: how long a verdict holds."),
          new Choice("engine_relevance", "Engine reward: weight of the relevance ratio (LESER)."),
          new Choice(
              "engine_size", "Engine reward: lambda, weight of the result-size ratio (LESER)."),
          new Choice(
              "engine_coverage",
              "Engine reward: weight of the Shapley share of the set's coverage (RLQR)."),
          new Choice(
              "engine_diversity", "Engine reward: weight of the share of new products (MiniELM)."),
          new Choice(
              "engine_increment",
              "Engine reward: weight of new products within the reference set (BEQUE)."),
          new Choice(
              "length_penalty", "Engine reward: cost of each rewrite token beyond free_tokens."),
          new Choice("free_tokens", "Engine reward: tokens that cost nothing."),
          new Choice("invalid_reward", "Engine reward of a rewrite that breaks the format."));

  /**
   * A field that may be changed.
   *
   * @param field name in the schema
   * @param help what it means
   */
  record Choice(String field, String help) {
    String option() {
      String text =
          isDuration() ? field.substring(0, field.length() - MILLISECONDS.length()) : field;
      return "--" + text.replace('_', '-');
    }

    boolean isDuration() {
      return field.endsWith(MILLISECONDS);
    }
  }

  @Override
  public CommandSpec transform(CommandSpec command) {
    for (Choice choice : CHOICES) {
      command.addOption(
          OptionSpec.builder(choice.option())
              .type(String.class)
              .paramLabel(choice.isDuration() ? "DURATION" : "VALUE")
              .description(choice.help())
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
    for (Choice choice : CHOICES) {
      String text = command.findOption(choice.option()).getValue();
      if (text != null) {
        Schema.Field field = RewardConfig.getClassSchema().getField(choice.field());
        copy.put(field.pos(), parse(choice, field.schema().getType(), text));
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
          field.name().endsWith(MILLISECONDS) && value instanceof Long millis
              ? Duration.ofMillis(millis).toString()
              : String.valueOf(value));
    }
    return values;
  }

  private static Object parse(Choice choice, Schema.Type type, String text) {
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
        case ARRAY -> Arrays.stream(text.split(",", -1)).map(RewardFields::finite).toList();
        case RECORD, ENUM, MAP, UNION, FIXED, BYTES, FLOAT, NULL ->
            throw new IllegalStateException("Field " + choice.field() + " has no textual form");
      };
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new IllegalArgumentException(
          "%s is '%s', expected %s."
              .formatted(
                  choice.option(),
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

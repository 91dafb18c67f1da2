package io.searchloop.schemas.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Binds dotted keys to configuration records. {@code trainer.learning-rate} sets component {@code
 * learningRate} of the record bound under {@code trainer}. Call {@link #bind} for every record,
 * then {@link #finish}, which reports every bad value and every key nobody asked for.
 */
public final class ConfigBinder {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final Map<String, String> values;
  private final TreeMap<String, String> known = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  public ConfigBinder(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  /**
   * Builds the record under a prefix from given values and defaults. A bad value is remembered for
   * {@link #finish} and replaced by its default, so that later problems are found too.
   */
  public <T extends Record> T bind(String prefix, Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] arguments = new Object[components.length];
    Object[] defaults = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Setting setting = Objects.requireNonNull(components[i].getAnnotation(Setting.class));
      String key = prefix + "." + kebab(components[i].getName());
      known.put(key, setting.value() + "\t" + setting.help());
      defaults[i] = parse(components[i].getType(), setting.value());
      arguments[i] = read(key, components[i].getType(), defaults[i]);
    }
    try {
      return construct(type, components, arguments);
    } catch (IllegalArgumentException e) {
      problems.add(prefix + ": " + e.getMessage());
      return construct(type, components, defaults);
    }
  }

  /**
   * Ends the binding.
   *
   * @throws InvalidConfigurationException naming every problem
   */
  public void finish() {
    for (String key : values.keySet()) {
      if (!known.containsKey(key)) {
        problems.add("Unknown configuration key '" + key + "'." + suggestion(key));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfigurationException(problems);
    }
  }

  /** Every key bound so far with its default and help, tab-separated, in alphabetical order. */
  public Map<String, String> known() {
    return Map.copyOf(known);
  }

  private Object read(String key, Class<?> type, Object fallback) {
    String text = values.get(key);
    if (text == null) {
      return fallback;
    }
    try {
      return parse(type, text);
    } catch (IllegalArgumentException | DateTimeParseException e) {
      problems.add(
          key + ": found '" + text + "', expected " + expected(type) + ", for example " + fallback);
      return fallback;
    }
  }

  private static <T extends Record> T construct(
      Class<T> type, RecordComponent[] components, Object[] arguments) {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException invalid) {
        throw invalid;
      }
      throw new IllegalStateException("Configuration record " + type.getName(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Configuration record " + type.getName(), e);
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Object parse(Class<?> type, String text) {
    if (type == String.class) {
      return text;
    } else if (type == int.class) {
      return Integer.valueOf(text);
    } else if (type == long.class) {
      return Long.valueOf(text);
    } else if (type == double.class) {
      return Double.valueOf(text);
    } else if (type == boolean.class) {
      return parseBoolean(text);
    } else if (type == Duration.class) {
      return duration(text);
    } else if (type.isEnum()) {
      return Enum.valueOf(
          (Class<? extends Enum>) type, text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
    throw new IllegalStateException("Settings of type " + type.getName() + " are not supported");
  }

  /** Whoever asks for milliseconds or nanoseconds of it later must not fail. */
  private static Duration duration(String text) {
    Duration duration = Duration.parse(text);
    if (duration.compareTo(LONGEST) > 0 || duration.compareTo(LONGEST.negated()) < 0) {
      throw new IllegalArgumentException(text);
    }
    return duration;
  }

  private static Boolean parseBoolean(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    throw new IllegalArgumentException(text);
  }

  private static String expected(Class<?> type) {
    if (type == Duration.class) {
      return "an ISO-8601 duration of at most a hundred years";
    } else if (type == boolean.class) {
      return "true or false";
    } else if (type.isEnum()) {
      return "one of "
          + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT).replace('_', '-');
    }
    return type == double.class ? "a number" : "a whole number";
  }

  private String suggestion(String key) {
    int most = Math.max(3, key.length() / 3);
    return known.keySet().stream()
        .filter(k -> Math.abs(k.length() - key.length()) <= most)
        .map(k -> Map.entry(k, distance(k, key)))
        .filter(near -> near.getValue() <= most)
        .min(Map.Entry.comparingByValue())
        .map(near -> " Did you mean '" + near.getKey() + "'?")
        .orElse(" Known sections: " + sections() + ".");
  }

  private String sections() {
    TreeSet<String> sections = new TreeSet<>();
    known.keySet().forEach(k -> sections.add(k.substring(0, k.indexOf('.'))));
    return String.join(", ", sections);
  }

  private static String kebab(String camel) {
    return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  /** Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }

  /** A record with every default. */
  public static <T extends Record> T defaults(Class<T> type) {
    return new ConfigBinder(Map.of()).bind("defaults", type);
  }

  /** The value given for a key, if any; for keys that decide which records are bound. */
  public @Nullable String given(String key) {
    return values.get(key);
  }
}

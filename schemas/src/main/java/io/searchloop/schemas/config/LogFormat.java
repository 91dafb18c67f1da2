package io.searchloop.schemas.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a process writes its log. Read by logback.xml itself, so checked before anything is logged.
 */
public enum LogFormat {
  /** Lines for people, in a file. */
  TEXT("text"),
  /** One JSON object a line, on standard output. */
  JSON("json");

  /** Names the format; text when it is not set. */
  public static final String VARIABLE = "SEARCHLOOP_LOG";

  private final String key;

  LogFormat(String key) {
    this.key = key;
  }

  /**
   * The format that an environment names.
   *
   * @throws InvalidConfigurationException when it is none, and nothing would be logged
   */
  public static LogFormat of(Map<String, String> environment) {
    String named = Optional.ofNullable(environment.get(VARIABLE)).orElse(TEXT.key);
    for (LogFormat format : values()) {
      if (format.key.equals(named)) {
        return format;
      }
    }
    throw new InvalidConfigurationException(
        List.of(
            "Environment variable " + VARIABLE + " is '" + named + "', expected text or json."));
  }
}

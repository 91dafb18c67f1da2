package io.searchloop.schemas.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Settings of a main class: {@code FILE.properties key=value --key value --key=value}, in any
 * order, later ones winning.
 */
public final class Arguments {
  private Arguments() {}

  /**
   * Settings by key.
   *
   * @throws InvalidConfigurationException naming a file that cannot be read, or a key without value
   */
  public static Map<String, String> read(String... arguments) {
    Map<String, String> settings = new TreeMap<>();
    for (int i = 0; i < arguments.length; i++) {
      boolean flag = arguments[i].startsWith("--");
      String argument = flag ? arguments[i].substring(2) : arguments[i];
      int equals = argument.indexOf('=');
      if (equals > 0) {
        settings.put(argument.substring(0, equals), argument.substring(equals + 1));
      } else if (!flag) {
        settings.putAll(file(argument));
      } else if (i + 1 < arguments.length && !arguments[i + 1].startsWith("--")) {
        settings.put(argument, arguments[++i]);
      } else {
        throw new InvalidConfigurationException(
            List.of("Setting --" + argument + " has no value. Write --" + argument + " VALUE."));
      }
    }
    return settings;
  }

  private static Map<String, String> file(String name) {
    Properties file = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(name), StandardCharsets.UTF_8)) {
      file.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidConfigurationException(
          List.of(
              "Cannot read "
                  + name
                  + ": "
                  + e
                  + ". Expected a properties file, key=value or --key value."));
    }
    Map<String, String> settings = new TreeMap<>();
    file.stringPropertyNames().forEach(key -> settings.put(key, file.getProperty(key)));
    return settings;
  }
}

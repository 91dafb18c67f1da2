package io.searchloop.app.cli;

import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.schemas.config.InvalidConfigurationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Splits a command line into flags, which the command knows, and settings: {@code
 * --trainer.learning-rate 0} or {@code --trainer.learning-rate=0}. A dot in the name makes a
 * setting.
 *
 * @param flags what is left for the command
 * @param values settings by key
 */
record Settings(List<String> flags, Map<String, String> values) {
  Settings {
    flags = List.copyOf(flags);
    values = Map.copyOf(values);
  }

  static Settings of(String[] arguments) {
    List<String> flags = new ArrayList<>();
    Map<String, String> values = new TreeMap<>();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (!name.startsWith("--") || name.indexOf('.') < 0) {
        flags.add(argument);
      } else if (equals >= 0) {
        values.put(name.substring(2), argument.substring(equals + 1));
      } else if (i + 1 < arguments.length) {
        values.put(name.substring(2), arguments[++i]);
      } else {
        throw new InvalidConfigurationException(
            List.of("Setting " + name + " has no value. Write " + name + " VALUE."));
      }
    }
    return new Settings(flags, values);
  }

  ConfigBinder binder() {
    return new ConfigBinder(values);
  }

  String[] flagArray() {
    return flags.toArray(String[]::new);
  }

  @Override
  public String toString() {
    return "flags " + flags + ", settings " + Arrays.toString(values.keySet().toArray());
  }
}

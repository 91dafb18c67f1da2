package io.searchloop.trainer.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;

/**
 * A JSON object of {@code config.json} whose values are asked for by key and type.
 *
 * @param file for messages
 * @param path of the object within the file, empty or ending in a dot
 * @param node the object
 */
record ConfigKeys(Path file, String path, JsonNode node) {

  boolean has(String key) {
    return node.hasNonNull(key);
  }

  int integer(String key) {
    JsonNode value = required(key);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw refused(key, value, "a whole number below 2^31", "Correct the file.");
    }
    return value.intValue();
  }

  int integer(String key, int absent) {
    return has(key) ? integer(key) : absent;
  }

  double number(String key) {
    JsonNode value = required(key);
    if (!value.isNumber()) {
      throw refused(key, value, "a number", "Correct the file.");
    }
    return value.doubleValue();
  }

  double number(String key, double absent) {
    return has(key) ? number(key) : absent;
  }

  boolean flag(String key, boolean absent) {
    if (!has(key)) {
      return absent;
    }
    JsonNode value = node.get(key);
    if (!value.isBoolean()) {
      throw refused(key, value, "true or false", "Correct the file.");
    }
    return value.booleanValue();
  }

  String text(String key, String absent) {
    return has(key) ? node.get(key).asText() : absent;
  }

  ConfigKeys object(String key) {
    return new ConfigKeys(file, path + key + ".", required(key));
  }

  /** What to throw about a key. */
  UnsupportedModelException refused(String key, Object found, String expected, String remedy) {
    return new UnsupportedModelException(
        "%s: `%s%s` is %s, expected %s. %s".formatted(file, path, key, found, expected, remedy));
  }

  private JsonNode required(String key) {
    if (!has(key)) {
      throw refused(key, "missing", "a value", "Copy the file again from the model's source.");
    }
    return node.get(key);
  }
}

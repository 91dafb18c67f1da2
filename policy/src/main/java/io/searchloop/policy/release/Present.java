package io.searchloop.policy.release;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a manifest must have: JSON leaves out what it likes, and nobody has verified it yet. */
final class Present {
  private Present() {}

  /**
   * Fails when a field is missing.
   *
   * @throws IllegalArgumentException naming it
   */
  static void require(String field, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(
          "Field `%s` is missing, expected a value. Publish the release again.".formatted(field));
    }
  }

  /**
   * A sorted copy.
   *
   * @throws IllegalArgumentException naming the field that is missing or holds nothing under a key
   */
  static <V> Map<String, V> copy(String field, @Nullable Map<String, V> values) {
    require(field, values);
    Map<String, V> copy = new TreeMap<>();
    if (values != null) {
      values.forEach(
          (key, value) -> {
            require(field + "." + key, value);
            copy.put(key, value);
          });
    }
    return copy;
  }
}

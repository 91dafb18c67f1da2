package io.searchloop.app.relevance;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What features read of a product.
 *
 * @param fields analysed words of every field
 * @param name how title and brand are written
 */
record ProductWords(Map<ProductField, Words> fields, Characters name) {
  ProductWords {
    fields = Collections.unmodifiableMap(new EnumMap<>(fields));
  }

  Words of(ProductField field) {
    return Objects.requireNonNull(fields.get(field));
  }

  /** Words of all fields together. */
  int length() {
    int length = 0;
    for (Words words : fields.values()) {
      length += words.length();
    }
    return length;
  }

  /** Whether any field has a word. */
  boolean has(int word) {
    for (Words words : fields.values()) {
      if (words.count(word) > 0) {
        return true;
      }
    }
    return false;
  }
}

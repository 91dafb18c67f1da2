package io.searchloop.search.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a search can return. All texts are searchable; those that the shop lacks are empty, never
 * null.
 *
 * @param id unique within a catalogue epoch
 * @param title what the shop calls it
 * @param description longer text
 * @param category category path
 * @param brand brand name
 * @param attributes further searchable texts by name, in the order given
 */
public record Product(
    String id,
    String title,
    String description,
    String category,
    String brand,
    Map<String, String> attributes) {

  /** Copies the attributes; refuses a blank id, which no judgment or click could name. */
  public Product {
    if (id.isBlank()) {
      throw new IllegalArgumentException(
          "Product id is blank (title \"%s\"), expected a unique id. Give it one, or leave it out."
              .formatted(title));
    }
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }
}

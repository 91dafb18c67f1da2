package io.searchloop.app.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.search.engine.Product;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One product as a JSON object: id, title, description, category, brand, attributes. */
final class ProductLine {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ProductLine() {}

  /**
   * Parses a line. Absent and null text becomes empty; numbers lose a trailing ".0"; lists are
   * joined by commas. Other fields of the object are ignored.
   *
   * @throws IllegalArgumentException saying what was found instead of a product
   */
  static Product parse(String line) {
    JsonNode node = object(line);
    String id = text(node.path("id"));
    String title = text(node.path("title"));
    if (id.isBlank() || title.isBlank()) {
      throw new IllegalArgumentException("a product without " + (id.isBlank() ? "id" : "title"));
    }
    return new Product(
        id,
        title,
        text(node.path("description")),
        text(node.path("category")),
        text(node.path("brand")),
        attributes(node.path("attributes")));
  }

  /**
   * Parses a line as a JSON object.
   *
   * @throws IllegalArgumentException saying what was found instead
   */
  static JsonNode object(String line) {
    try {
      JsonNode node = JSON.readTree(line);
      if (node.isObject()) {
        return node;
      }
      throw new IllegalArgumentException("JSON that is not an object");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("broken JSON (" + e.getOriginalMessage() + ")", e);
    }
  }

  private static Map<String, String> attributes(JsonNode node) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String value = text(field.getValue());
      if (!value.isBlank()) {
        attributes.put(field.getKey(), value);
      }
    }
    return attributes;
  }

  private static String text(JsonNode node) {
    if (node.isNumber()) {
      return node.decimalValue().stripTrailingZeros().toPlainString();
    } else if (node.isArray()) {
      List<String> elements = new ArrayList<>();
      node.forEach(element -> elements.add(text(element)));
      return String.join(", ", elements);
    }
    return node.isNull() ? "" : node.asText("");
  }
}

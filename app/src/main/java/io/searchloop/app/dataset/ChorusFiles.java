package io.searchloop.app.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.search.engine.Product;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Icecat's catalogue as the Chorus project publishes it: one JSON array of products, and ratings
 * 0..3 in a table of {@code query, docid, rating}. Attributes are the fields that begin with {@code
 * attr_}. A query's id is {@code ch} and its number in the table.
 */
final class ChorusFiles implements DatasetSource {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ATTRIBUTE = "attr_";

  private final Path catalogue;
  private final String ratings;
  private final CsvRows rows;
  private final Problems.Log problems;

  /**
   * @param catalogue file of products, gzipped when its name ends in .gz
   * @param ratings name of the table within the directory
   */
  ChorusFiles(Path catalogue, String ratings, CsvRows rows, Problems.Log problems) {
    this.catalogue = catalogue;
    this.ratings = ratings;
    this.rows = rows;
    this.problems = problems;
  }

  @Override
  public Map<String, Product> products() {
    Map<String, Product> products = new LinkedHashMap<>();
    long line = 1;
    try (InputStream bytes = open();
        MappingIterator<JsonNode> elements = JSON.readerFor(JsonNode.class).readValues(bytes)) {
      while (elements.hasNextValue()) {
        line = elements.getCurrentLocation().getLineNr();
        JsonNode node = elements.nextValue();
        String id = node.path("id").asText("");
        String title = first(node, "title", "name");
        if (id.isBlank() || title.isBlank()) {
          problems.add(name(), line, "a product without id or title", "both");
        } else if (products.putIfAbsent(id, product(id, title, node)) != null) {
          problems.add(name(), line, "id " + id + " again", "each id once");
        }
      }
    } catch (JsonProcessingException e) {
      throw broken(line, e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw broken(line, String.valueOf(e.getMessage()), e);
    }
    if (products.isEmpty()) {
      throw broken(line, "no product", null);
    }
    return products;
  }

  @Override
  public Judgments judgments(Map<String, Product> products) {
    Judgments read = new Judgments();
    Map<String, String> ids = new HashMap<>();
    rows.read(
        ratings,
        StandardCharsets.UTF_8,
        ',',
        List.of("query", "docid", "rating"),
        (line, cells) -> {
          if (cells.get(0).isEmpty()) {
            problems.add(ratings, line, "an empty query", "a query");
          } else if (!products.containsKey(cells.get(1))) {
            problems.add(ratings, line, "docid '" + cells.get(1) + "'", "one of " + name());
          } else {
            Grades.parse(cells.get(2))
                .ifPresentOrElse(
                    grade -> {
                      String id = ids.computeIfAbsent(cells.get(0), t -> "ch" + (ids.size() + 1));
                      read.query(id, cells.get(0));
                      read.grade(id, cells.get(1), grade);
                    },
                    () -> problems.add(ratings, line, "rating '" + cells.get(2) + "'", "a number"));
          }
        });
    return read;
  }

  @Override
  public Optional<GradeScale> scale() {
    return Optional.of(GradeScale.FROM_ZERO);
  }

  private static Product product(String id, String title, JsonNode node) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String value = field.getValue().asText("");
      if (field.getKey().startsWith(ATTRIBUTE) && !value.isBlank()) {
        attributes.put(field.getKey().substring(ATTRIBUTE.length()), value);
      }
    }
    return new Product(
        id,
        title,
        first(node, "short_description", "description"),
        first(node, "product_type", "category"),
        first(node, "brand", "supplier"),
        attributes);
  }

  private static String first(JsonNode node, String... fields) {
    for (String field : fields) {
      String text = node.path(field).asText("");
      if (!text.isBlank()) {
        return text;
      }
    }
    return "";
  }

  private InputStream open() throws IOException {
    InputStream bytes = Files.newInputStream(catalogue);
    return name().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
  }

  private String name() {
    return catalogue.getFileName().toString();
  }

  private UnreadableDatasetException broken(long line, String found, @Nullable Exception cause) {
    return new UnreadableDatasetException(
        "Dataset file %s breaks after line %d: %s. Expected a JSON array of products; fetch it again."
            .formatted(catalogue, line, found),
        cause);
  }
}

package io.searchloop.app.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The hand-written vocabulary of the generated shop, from the resource {@value #RESOURCE}, whose
 * head explains its format.
 *
 * @param colours colours of every department
 * @param types every kind of product
 */
record ShopWords(List<String> colours, List<ProductType> types) {
  private static final String RESOURCE = "vocabulary.tsv";

  static ShopWords load() {
    try (InputStream bytes = ShopWords.class.getResourceAsStream(RESOURCE)) {
      InputStream present =
          Objects.requireNonNull(bytes, "Resource " + RESOURCE + " is missing from the jar");
      return parse(new BufferedReader(new InputStreamReader(present, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException("Resource " + RESOURCE + " cannot be read", e);
    }
  }

  private static ShopWords parse(BufferedReader reader) {
    List<String> colours = new ArrayList<>();
    List<ProductType> types = new ArrayList<>();
    ProductType.@Nullable Department department = null;
    for (String line : reader.lines().filter(text -> !text.startsWith("#")).toList()) {
      String[] cells = line.split("\t");
      switch (cells[0]) {
        case "colours" -> colours.addAll(list(cells[1]));
        case "department" ->
            department =
                new ProductType.Department(
                    cells[1], list(cells[2]), list(cells[3]), list(cells[4]));
        case "type" ->
            types.add(
                new ProductType(
                    Objects.requireNonNull(department, "a department precedes its types"),
                    cells[1],
                    cells[2],
                    cells.length > 3 ? list(cells[3]) : List.of()));
        default -> throw new IllegalStateException(RESOURCE + ": unknown line " + cells[0]);
      }
    }
    return new ShopWords(List.copyOf(colours), List.copyOf(types));
  }

  private static List<String> list(String cell) {
    return List.of(cell.split(","));
  }
}

package io.searchloop.app.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.search.engine.Product;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What shoppers of a real shop typed and clicked, in click order, with nothing known of what else
 * they were shown. Time divides it: whoever learns gets the clicks {@link #before} an instant, and
 * is judged by later ones.
 *
 * @param name name of the directory
 * @param products the catalogue
 * @param clicks clicks on products of the catalogue, by time
 * @param corrections misspelt query to corrected query; empty where none are known
 * @param leftOut lines that are none, by reason
 * @param problems lines that could not be used, the first of them named
 */
public record ClickLog(
    String name,
    List<Product> products,
    List<LoggedClick> clicks,
    Map<String, String> corrections,
    Map<String, Long> leftOut,
    Problems problems) {
  static final String OUTSIDE = "product outside the catalogue";
  static final String INCOMPLETE = "no click with user, query, product and times";
  static final String BROKEN = "no JSON object";

  public ClickLog {
    products = List.copyOf(products);
    clicks =
        clicks.stream().sorted(Comparator.comparing(LoggedClick::clickedAt)).toList(); // stable
    corrections = Collections.unmodifiableMap(new LinkedHashMap<>(corrections));
    leftOut = Map.copyOf(leftOut);
  }

  /**
   * Reads {@code products.jsonl.gz} and, where there are any, {@code events.jsonl.gz} and {@code
   * corrections.tsv}.
   *
   * @throws UnreadableDatasetException when there is no catalogue, or a file breaks
   */
  public static ClickLog read(Path directory) {
    return new Reader(directory).read();
  }

  /** The same with the clicks before an instant alone. */
  public ClickLog before(Instant end) {
    return between(Instant.MIN, end);
  }

  /** The same with the clicks of a time alone, its beginning included. */
  public ClickLog between(Instant begin, Instant end) {
    List<LoggedClick> within =
        clicks.stream()
            .filter(click -> !click.clickedAt().isBefore(begin) && click.clickedAt().isBefore(end))
            .toList();
    return new ClickLog(name, products, within, corrections, leftOut, problems);
  }

  /** The shop as its clicks tell: what queries led to, nothing held out. */
  public Dataset dataset() {
    return new ClickedQueries(this).dataset();
  }

  /** Reads once, on one thread. */
  private static final class Reader {
    private final Path directory;
    private final Problems.Log problems = new Problems.Log();
    private final DatasetFiles files;
    private final Map<String, Long> leftOut = new TreeMap<>();
    private final List<LoggedClick> clicks = new ArrayList<>();

    Reader(Path directory) {
      this.directory = directory;
      this.files = new DatasetFiles(directory, problems);
    }

    ClickLog read() {
      Map<String, Product> products = CatalogueFile.read(files, problems);
      if (files.has(DatasetReader.EVENTS)) {
        files.lines(DatasetReader.EVENTS, (line, text) -> add(line, text, products));
      }
      return new ClickLog(
          directory.toAbsolutePath().normalize().getFileName().toString(),
          List.copyOf(products.values()),
          clicks,
          CorrectionTable.read(files, problems),
          leftOut,
          problems.toProblems());
    }

    private void add(long line, String text, Map<String, Product> products) {
      JsonNode event;
      try {
        event = ProductLine.object(text);
      } catch (IllegalArgumentException e) {
        leaveOut(line, BROKEN, String.valueOf(e.getMessage()), "a JSON object");
        return;
      }
      if (!event.path("type").asText("").equals(LoggedClick.TYPE)) {
        return;
      }
      Optional<LoggedClick> click = LoggedClick.of(event);
      if (click.isEmpty()) {
        leaveOut(
            line,
            INCOMPLETE,
            "a click that lacks one of its fields, or a time that cannot be read",
            "user_id, query, product_id, query_time and click_time, such as 2011-08-11 03:59:04");
      } else if (!products.containsKey(click.get().product())) {
        leftOut.merge(OUTSIDE, 1L, Long::sum);
      } else {
        clicks.add(click.get());
      }
    }

    private void leaveOut(long line, String reason, String found, String expected) {
      leftOut.merge(reason, 1L, Long::sum);
      problems.add(DatasetReader.EVENTS, line, found, expected);
    }
  }
}

package io.searchloop.app.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.engine.Product;
import io.searchloop.trainer.warmstart.QueryGraph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a real shop from a directory: {@code products.jsonl.gz}, {@code queries.tsv} (query_id,
 * query), {@code judgments.tsv} (query_id, product_id, grade), and optionally {@code
 * corrections.tsv} (query, corrected) and {@code events.jsonl.gz} (search clicks of the past).
 *
 * <p>Real files have bad lines. Each is counted and the first are named in {@link
 * Dataset#problems}; only a file that is missing or holds nothing usable is fatal ({@link
 * UnreadableDatasetException}). Queries that nobody judged are left out and not a problem.
 *
 * <p>Co-clicks come from the events where there are any, otherwise from the relevant products that
 * queries share ({@link JudgedGraph}); of <em>train</em> queries only, so that nothing about a test
 * query leaks into training.
 */
public final class DatasetReader {
  static final String PRODUCTS = CatalogueFile.NAME;
  static final String QUERIES = "queries.tsv";
  static final String JUDGMENTS = "judgments.tsv";
  static final String CORRECTIONS = "corrections.tsv";
  static final String EVENTS = "events.jsonl.gz";
  private static final String CLICK = "search_click";

  private final Path directory;
  private final Optional<GradeScale> givenScale;
  private final Problems.Log problems = new Problems.Log();
  private final DatasetFiles files;

  private DatasetReader(Path directory, Optional<GradeScale> givenScale) {
    this.directory = directory;
    this.givenScale = givenScale;
    this.files = new DatasetFiles(directory, problems);
  }

  /** Reads a directory; the grade scale is told by the smallest grade, see {@link GradeScale}. */
  public static Dataset read(Path directory) {
    return new DatasetReader(directory, Optional.empty()).read();
  }

  /** Reads a directory whose grade scale is known. */
  public static Dataset read(Path directory, GradeScale scale) {
    return new DatasetReader(directory, Optional.of(scale)).read();
  }

  private Dataset read() {
    Map<String, Product> products = CatalogueFile.read(files, problems);
    Map<String, String> texts = queryTexts();
    Map<String, Map<String, Double>> grades = grades(texts, products);
    GradeScale scale = givenScale.orElseGet(() -> deriveScale(grades));
    List<JudgedQuery> queries = new ArrayList<>();
    texts.forEach(
        (id, text) -> {
          Map<String, Double> judged = grades.get(id);
          if (judged != null) {
            queries.add(new JudgedQuery(id, text, 1, judged));
          }
        });
    return new Dataset(
        directory.getFileName().toString(),
        List.copyOf(products.values()),
        Popularity.zipf(queries),
        scale,
        files.has(CORRECTIONS) ? corrections() : Map.of(),
        CoClicks.of(files.has(EVENTS) ? clickGraph() : JudgedGraph.of(queries, scale), 1),
        problems.toProblems());
  }

  private Map<String, String> queryTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    files.rows(
        QUERIES,
        List.of("query_id", "query"),
        (line, cells) -> {
          if (cells.get(0).isEmpty() || cells.get(1).isEmpty()) {
            problems.add(QUERIES, line, "an empty cell", "query_id and query");
          } else if (texts.putIfAbsent(cells.get(0), cells.get(1)) != null) {
            problems.add(QUERIES, line, "query_id " + cells.get(0) + " again", "each id once");
          }
        });
    return texts;
  }

  private Map<String, Map<String, Double>> grades(
      Map<String, String> texts, Map<String, Product> products) {
    Map<String, Map<String, Double>> grades = new HashMap<>();
    files.rows(
        JUDGMENTS,
        List.of("query_id", "product_id", "grade"),
        (line, cells) -> {
          if (!texts.containsKey(cells.get(0))) {
            problems.add(JUDGMENTS, line, "query_id '" + cells.get(0) + "'", "one of " + QUERIES);
          } else if (!products.containsKey(cells.get(1))) {
            problems.add(JUDGMENTS, line, "product '" + cells.get(1) + "'", "one of " + PRODUCTS);
          } else {
            grade(line, cells.get(2))
                .ifPresent(
                    grade ->
                        grades
                            .computeIfAbsent(cells.get(0), id -> new LinkedHashMap<>())
                            .put(cells.get(1), grade));
          }
        });
    if (grades.isEmpty()) {
      throw files.empty(JUDGMENTS, "rows that name queries and products of this dataset");
    }
    return grades;
  }

  private Optional<Double> grade(long line, String text) {
    try {
      double grade = Double.parseDouble(text);
      if (Double.isFinite(grade)) {
        return Optional.of(grade);
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number that is not finite.
    }
    problems.add(JUDGMENTS, line, "grade '" + text + "'", "a number");
    return Optional.empty();
  }

  private static GradeScale deriveScale(Map<String, Map<String, Double>> grades) {
    return GradeScale.derive(
        grades.values().stream()
            .map(Map::values)
            .flatMap(Collection::stream)
            .mapToDouble(Double::doubleValue)
            .min()
            .orElseThrow());
  }

  private Map<String, String> corrections() {
    Map<String, String> corrections = new LinkedHashMap<>();
    files.rows(
        CORRECTIONS,
        List.of("query", "corrected"),
        (line, cells) -> {
          if (cells.get(0).isEmpty() || cells.get(1).isEmpty()) {
            problems.add(CORRECTIONS, line, "an empty cell", "query and corrected");
          } else {
            corrections.put(cells.get(0), cells.get(1));
          }
        });
    return corrections;
  }

  private Map<String, Map<String, Integer>> clicks() {
    Map<String, Map<String, Integer>> clicks = new HashMap<>();
    files.lines(
        EVENTS,
        (line, text) -> {
          try {
            JsonNode event = ProductLine.object(text);
            if (event.path("type").asText().equals(CLICK)) {
              countClick(line, event, clicks);
            }
          } catch (IllegalArgumentException e) {
            problems.add(EVENTS, line, reason(e), "a JSON object");
          }
        });
    return clicks;
  }

  private void countClick(long line, JsonNode event, Map<String, Map<String, Integer>> clicks) {
    String query = QueryText.normalise(event.path("query").asText(""));
    String product = event.path("product_id").asText("");
    if (query.isEmpty() || product.isEmpty()) {
      problems.add(EVENTS, line, "a click without query or product_id", "both");
    } else {
      clicks.computeIfAbsent(query, q -> new HashMap<>()).merge(product, 1, Integer::sum);
    }
  }

  private QueryGraph clickGraph() {
    return new QueryGraph(clicks(), query -> Split.of(query) == Split.TEST);
  }

  private static String reason(IllegalArgumentException e) {
    return String.valueOf(e.getMessage());
  }
}

package io.searchloop.app.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.engine.Product;
import io.searchloop.trainer.warmstart.QueryGraph;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a real shop from a directory: {@code products.jsonl.gz}, {@code queries.tsv} (query_id,
 * query), {@code judgments.tsv} (query_id, product_id, grade), and optionally {@code
 * corrections.tsv} (query, corrected) and {@code events.jsonl.gz} (search clicks of the past); or
 * any other {@link DatasetFormat}, told by its files.
 *
 * <p>A directory with neither queries nor judgments is a shop that judged nothing: its log of
 * clicks, where it has one, says what its queries lead to ({@link ClickLog#dataset}). Its grades
 * are shares of clicks and nothing of it is held out, so scale and seed of a split mean nothing
 * there.
 *
 * <p>A line of the events is one JSON object. Those of type {@value LoggedClick#TYPE} are read,
 * others skipped:
 *
 * <pre>
 *   {"type": "search_click", "event_id": 7, "user_id": "u1", "query": "couch", "product_id": "p1",
 *    "query_time": "2011-08-11 03:59:04", "click_time": "2011-08-11T05:59:34.27+02:00"}
 * </pre>
 *
 * <p>Times are in ISO form, UTC where they name no zone ({@link LogTime}); users and times matter
 * only where the log is all there is to learn from.
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
  static final String EVENTS = "events.jsonl.gz";
  private final Path directory;
  private final DatasetOptions options;
  private final Problems.Log problems = new Problems.Log();
  private final DatasetFiles files;

  private DatasetReader(Path directory, DatasetOptions options) {
    this.directory = directory;
    this.options = options;
    this.files = new DatasetFiles(directory, problems);
  }

  /** Reads a directory; the grade scale is told by the smallest grade, see {@link GradeScale}. */
  public static Dataset read(Path directory) {
    return read(directory, DatasetOptions.DEFAULT);
  }

  /** Reads a directory whose grade scale is known. */
  public static Dataset read(Path directory, GradeScale scale) {
    return read(directory, DatasetOptions.DEFAULT.withScale(scale));
  }

  /** Reads a directory as told. */
  public static Dataset read(Path directory, DatasetOptions options) {
    return new DatasetReader(directory, options).read();
  }

  private Dataset read() {
    DatasetFormat format = DatasetFormat.of(directory);
    boolean judged = files.has(QUERIES) || files.has(JUDGMENTS) || options.queries().isPresent();
    if (format == DatasetFormat.NEUTRAL && !judged && files.has(PRODUCTS)) {
      return ClickLog.read(directory).dataset();
    }
    DatasetSource source = format.source(directory, files, problems);
    Map<String, Product> products = source.products();
    Judgments judgments = judgments(source, products);
    GradeScale scale = options.scale().or(source::scale).orElseGet(judgments::derivedScale);
    Map<String, String> corrections = CorrectionTable.read(files, problems);
    Map<String, Map<String, Integer>> clicks = files.has(EVENTS) ? clicks() : Map.of();
    QuerySplit split = split(judgments, corrections, clicks);
    List<JudgedQuery> queries = judgments.queries();
    QueryGraph graph =
        clicks.isEmpty()
            ? JudgedGraph.of(queries, scale, split)
            : new QueryGraph(clicks, query -> split.of(query) != Split.TRAIN);
    return new Dataset(
        directory.toAbsolutePath().normalize().getFileName().toString(),
        List.copyOf(products.values()),
        Popularity.zipf(queries),
        scale,
        corrections,
        CoClicks.of(graph, 1),
        problems.toProblems(),
        split);
  }

  private Judgments judgments(DatasetSource source, Map<String, Product> products) {
    if (options.queries().isPresent() && options.judgments().isPresent()) {
      String queries = options.queries().get().toAbsolutePath().toString();
      String grades = options.judgments().get().toAbsolutePath().toString();
      return new JudgmentTables(files, problems, queries, grades).read(products);
    }
    return source.judgments(products);
  }

  /** Of all that was typed, judged or not, so that history stays on the side of its queries. */
  private QuerySplit split(
      Judgments judgments,
      Map<String, String> corrections,
      Map<String, Map<String, Integer>> clicks) {
    Set<String> texts = new LinkedHashSet<>(judgments.texts());
    texts.addAll(corrections.keySet());
    texts.addAll(corrections.values());
    texts.addAll(clicks.keySet());
    return QuerySplit.of(texts, options.splitSeed());
  }

  private Map<String, Map<String, Integer>> clicks() {
    Map<String, Map<String, Integer>> clicks = new HashMap<>();
    files.lines(
        EVENTS,
        (line, text) -> {
          try {
            JsonNode event = ProductLine.object(text);
            if (event.path("type").asText().equals(LoggedClick.TYPE)) {
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

  private static String reason(IllegalArgumentException e) {
    return String.valueOf(e.getMessage());
  }
}

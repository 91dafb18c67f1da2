package io.searchloop.app.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.searchloop.search.engine.Product;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a real shop sold and what its shoppers did: {@code products.jsonl.gz} and {@code
 * events.jsonl.gz} of a dataset directory. Needs no queries or judgments, which a replay has no use
 * for.
 */
public final class PastEvents {
  private final String name;
  private final Problems.Log problems = new Problems.Log();
  private final DatasetFiles files;
  private final Map<String, Product> products;

  private PastEvents(Path directory) {
    this.name = directory.toAbsolutePath().normalize().getFileName().toString();
    this.files = new DatasetFiles(directory, problems);
    this.products = CatalogueFile.read(files, problems);
  }

  /** What to do with an event. */
  @FunctionalInterface
  public interface Reader {
    void read(JsonNode event);
  }

  /**
   * Opens a directory and reads its catalogue.
   *
   * @throws UnreadableDatasetException when a file is missing or holds nothing usable
   */
  public static PastEvents in(Path directory) {
    return new PastEvents(directory);
  }

  /** Name of the directory, for topics and reports. */
  public String name() {
    return name;
  }

  /** The catalogue by product id. */
  public Map<String, Product> products() {
    return products;
  }

  /**
   * Hands events over in the order of the file; lines that are no JSON object are problems.
   *
   * @param limit lines to read at most
   */
  public void forEach(long limit, Reader reader) {
    files.lines(
        DatasetReader.EVENTS,
        limit,
        (line, text) -> {
          JsonNode event;
          try {
            event = ProductLine.object(text);
          } catch (IllegalArgumentException e) {
            problems.add(
                DatasetReader.EVENTS, line, String.valueOf(e.getMessage()), "a JSON object");
            return;
          }
          reader.read(event);
        });
  }

  /** Lines that could not be used, so far. */
  public Problems problems() {
    return problems.toProblems();
  }
}

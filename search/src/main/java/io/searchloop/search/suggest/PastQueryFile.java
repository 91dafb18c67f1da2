package io.searchloop.search.suggest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A file of past queries: tab-separated {@code query, searches, reward} below a line with these
 * names. It is how a shop's history reaches its workers, which read it when they start.
 */
public final class PastQueryFile {
  private static final String HEADER = "query\tsearches\treward";
  private static final int COLUMNS = 3;

  private PastQueryFile() {}

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException naming the file and the line that cannot be used
   */
  public static List<PastQuery> read(Path file) {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Past queries %s cannot be read: %s. Write them with ./searchloop suggestions, or name no file."
              .formatted(file, e.getMessage()),
          e);
    }
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new IllegalArgumentException(
          "Past queries %s begin with another line than the column names query, searches, reward, separated by tabs. Write them with ./searchloop suggestions."
              .formatted(file));
    }
    List<PastQuery> queries = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      queries.add(query(lines.get(i), file, i + 1));
    }
    return queries;
  }

  /** Writes a file, in the order given. */
  public static void write(Path file, List<PastQuery> queries) {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    for (PastQuery query : queries) {
      String text = query.text().strip().replaceAll("\\s+", " ");
      lines.add(String.format(Locale.ROOT, "%s\t%d\t%.4f", text, query.searches(), query.reward()));
    }
    try {
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException("Past queries could not be written to " + file, e);
    }
  }

  private static PastQuery query(String line, Path file, int number) {
    String[] cells = line.split("\t", -1);
    try {
      if (cells.length == COLUMNS) {
        return new PastQuery(cells[0], Long.parseLong(cells[1]), Double.parseDouble(cells[2]));
      }
    } catch (IllegalArgumentException e) {
      throw unreadable(file, number, e);
    }
    throw unreadable(file, number, new IllegalArgumentException(cells.length + " columns"));
  }

  /** Query text is private: the message leaves it out. */
  private static IllegalArgumentException unreadable(
      Path file, int number, IllegalArgumentException cause) {
    return new IllegalArgumentException(
        "Past queries %s, line %d: expected a query, a count of at least 1 and a reward, separated by tabs. Correct the line, or leave it out."
            .formatted(file, number),
        cause);
  }
}

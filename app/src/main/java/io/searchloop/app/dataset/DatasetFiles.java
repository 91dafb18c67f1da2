package io.searchloop.app.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Line-wise access to the files of a dataset directory. Hands out numbered lines; what a line means
 * is the reader's business.
 */
final class DatasetFiles {
  private final Path directory;
  private final Problems.Log problems;

  DatasetFiles(Path directory, Problems.Log problems) {
    this.directory = directory;
    this.problems = problems;
  }

  /** What to do with the cells of a row, in the order of the columns asked for. */
  interface Row {
    void read(long line, List<String> cells);
  }

  /** What to do with a line. */
  interface Line {
    void read(long line, String text);
  }

  boolean has(String file) {
    return Files.isRegularFile(directory.resolve(file));
  }

  /** Reads a tab-separated file with a header; no quoting, a quotation mark is an inch mark. */
  void rows(String file, List<String> columns, Row row) {
    int[] indices = new int[columns.size()];
    long[] rows = {0};
    lines(
        file,
        (line, text) -> {
          String[] cells = text.split("\t", -1);
          if (line == 1) {
            findColumns(file, columns, Arrays.asList(cells), indices);
          } else if (Arrays.stream(indices).max().orElse(0) >= cells.length) {
            problems.add(file, line, cells.length + " columns", "columns " + columns);
          } else {
            rows[0]++;
            row.read(line, Arrays.stream(indices).mapToObj(i -> cells[i].strip()).toList());
          }
        });
    if (rows[0] == 0) {
      throw empty(file, "a header and at least one row of columns " + columns);
    }
  }

  /** Reads every line that is not blank; gunzips files whose name ends in .gz. */
  void lines(String file, Line consumer) {
    lines(file, Long.MAX_VALUE, consumer);
  }

  /** Reads lines until the limit. */
  void lines(String file, long limit, Line consumer) {
    Path path = directory.resolve(file);
    if (!Files.isRegularFile(path)) {
      throw new UnreadableDatasetException(
          "Dataset file "
              + path
              + " not found. Expected products.jsonl.gz, queries.tsv and"
              + " judgments.tsv in the directory; corrections.tsv and events.jsonl.gz are optional.");
    }
    long number = 0;
    try (BufferedReader reader = open(path)) {
      for (String text = reader.readLine();
          text != null && number < limit;
          text = reader.readLine()) {
        number++;
        if (!text.isBlank()) {
          consumer.read(number, text);
        }
      }
    } catch (IOException e) {
      throw new UnreadableDatasetException(
          "Dataset file "
              + path
              + " breaks after line "
              + number
              + ": "
              + e.getMessage()
              + ". Expected UTF-8 text, gzipped when the name ends in .gz; fetch it again.",
          e);
    }
  }

  UnreadableDatasetException empty(String file, String expected) {
    return new UnreadableDatasetException(
        "Dataset file "
            + directory.resolve(file)
            + " holds no usable line, expected "
            + expected
            + ". First problems: "
            + problems.toProblems().first());
  }

  private void findColumns(String file, List<String> columns, List<String> header, int[] indices) {
    for (int i = 0; i < indices.length; i++) {
      indices[i] = header.indexOf(columns.get(i));
      if (indices[i] < 0) {
        throw new UnreadableDatasetException(
            "Dataset file "
                + directory.resolve(file)
                + " line 1: found columns "
                + header
                + ", expected a header with "
                + columns
                + ".");
      }
    }
  }

  private static BufferedReader open(Path path) throws IOException {
    InputStream bytes = Files.newInputStream(path);
    try {
      boolean zipped = path.getFileName().toString().endsWith(".gz");
      InputStream text = zipped ? new GZIPInputStream(bytes, 1 << 16) : bytes;
      return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8));
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }
}

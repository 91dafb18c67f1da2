package io.searchloop.app.dataset;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes small dataset directories; starts with a complete one of the 0..3 scale. */
final class DatasetDirectory {
  private final Path path;

  DatasetDirectory(Path path) {
    this.path = path;
    gzip(
        DatasetReader.PRODUCTS,
        "{\"id\":\"p1\",\"title\":\"Sofa\",\"brand\":\"Norvik\"}",
        "{\"id\":\"p2\",\"title\":\"Lamp\"}");
    write(DatasetReader.QUERIES, "query_id\tquery", "q1\tred sofa", "q2\tlamp");
    write(
        DatasetReader.JUDGMENTS,
        "query_id\tproduct_id\tgrade",
        "q1\tp1\t3",
        "q1\tp2\t0",
        "q2\tp2\t2");
  }

  Path path() {
    return path;
  }

  DatasetDirectory write(String file, String... lines) {
    try {
      Files.writeString(path.resolve(file), String.join("\n", lines) + "\n");
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  DatasetDirectory gzip(String file, String... lines) {
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(path.resolve(file))),
            StandardCharsets.UTF_8)) {
      out.write(String.join("\n", lines) + "\n");
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

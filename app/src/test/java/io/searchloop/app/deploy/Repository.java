package io.searchloop.app.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.Yaml;

/** Files of the repository that are no code, for tests that hold them against the code. */
public final class Repository {
  /** The repository; tests run in a module of it. */
  public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final ObjectMapper JSON = new ObjectMapper();

  private Repository() {}

  public static String text(String path) {
    try {
      return Files.readString(ROOT.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }

  static JsonNode json(String path) {
    try {
      return JSON.readTree(text(path));
    } catch (IOException e) {
      throw new UncheckedIOException(path + " is no JSON", e);
    }
  }

  /** The only document of a file. */
  public static JsonNode yaml(String path) {
    return documents(path).get(0);
  }

  /** Every document of a file, with what its anchors and merges stand for. */
  static List<JsonNode> documents(String path) {
    return StreamSupport.stream(new Yaml().loadAll(text(path)).spliterator(), false)
        .map(Repository::node)
        .toList();
  }

  /** What a YAML parser made, as a tree. */
  static JsonNode node(Object parsed) {
    return JSON.valueToTree(parsed);
  }

  /** Files of a folder whose names end so, by path within the repository. */
  static List<String> files(String folder, String ending) {
    try (Stream<Path> found = Files.walk(ROOT.resolve(folder))) {
      return found
          .filter(path -> Files.isRegularFile(path) && path.toString().endsWith(ending))
          .map(path -> ROOT.relativize(path).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folder, e);
    }
  }
}

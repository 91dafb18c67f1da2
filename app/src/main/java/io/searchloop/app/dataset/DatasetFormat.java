package io.searchloop.app.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Formats of public datasets, told by the files in the directory. */
public enum DatasetFormat {
  /** {@code products.jsonl.gz}, {@code queries.tsv}, {@code judgments.tsv}. */
  NEUTRAL(CatalogueFile.NAME) {
    @Override
    DatasetSource source(Path directory, DatasetFiles files, Problems.Log problems) {
      return new NeutralFiles(files, problems);
    }
  },
  /** Amazon's Shopping Queries Dataset, parquet. */
  ESCI(EsciFiles.EXAMPLES, EsciFiles.PRODUCTS) {
    @Override
    DatasetSource source(Path directory, DatasetFiles files, Problems.Log problems) {
      return new EsciFiles(directory, problems);
    }
  },
  /** Wayfair's WANDS, tab-separated. */
  WANDS(WandsFiles.PRODUCTS, WandsFiles.QUERIES, WandsFiles.LABELS) {
    @Override
    DatasetSource source(Path directory, DatasetFiles files, Problems.Log problems) {
      return new WandsFiles(new CsvRows(directory, problems), problems);
    }
  },
  /** Home Depot's Kaggle competition, comma-separated. */
  HOME_DEPOT(HomeDepotFiles.TRAIN, HomeDepotFiles.DESCRIPTIONS) {
    @Override
    DatasetSource source(Path directory, DatasetFiles files, Problems.Log problems) {
      return new HomeDepotFiles(directory, new CsvRows(directory, problems), problems);
    }
  },
  /** Icecat in the Chorus project, JSON and a table of ratings. */
  CHORUS("icecat*.json{,.gz}", "*rated*.csv") {
    @Override
    DatasetSource source(Path directory, DatasetFiles files, Problems.Log problems) {
      return new ChorusFiles(
          find(directory, signs().get(0)).orElseThrow(),
          find(directory, signs().get(1)).orElseThrow().getFileName().toString(),
          new CsvRows(directory, problems),
          problems);
    }
  };

  private final List<String> signs;

  DatasetFormat(String... signs) {
    this.signs = List.of(signs);
  }

  /** Patterns of file names that tell the format. */
  List<String> signs() {
    return signs;
  }

  /** The format of a directory; neutral when none is told, whose reader says what is missing. */
  public static DatasetFormat of(Path directory) {
    return Arrays.stream(values())
        .filter(format -> format.signs.stream().allMatch(s -> find(directory, s).isPresent()))
        .findFirst()
        .orElse(NEUTRAL);
  }

  /** Reads the files of this format in a directory. */
  abstract DatasetSource source(Path directory, DatasetFiles files, Problems.Log problems);

  /** The first file, by name, that matches a pattern. */
  private static Optional<Path> find(Path directory, String pattern) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.filter(path -> matcher.matches(path.getFileName())).sorted().findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list dataset directory " + directory, e);
    }
  }
}

package io.searchloop.app.evaluation;

import io.searchloop.search.engine.Hit;
import io.searchloop.search.evaluation.TrecRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A TREC run of each strategy: {@code out.trec} becomes {@code out.typed-spell.union.trec}; it
 * keeps its name where there is but one strategy. Owns the files until {@link #close}.
 */
public final class RunFiles implements RankingSink, AutoCloseable {
  private final Path file;
  private final boolean alone;
  private final Map<String, TrecRun> runs = new LinkedHashMap<>();

  /**
   * @param file path of the run
   * @param strategies how many will be written
   */
  public RunFiles(Path file, int strategies) {
    this.file = file.toAbsolutePath();
    this.alone = strategies == 1;
  }

  @Override
  public void write(Strategy strategy, String queryId, List<Hit> hits) {
    String tag =
        (strategy.name() + "." + strategy.mode())
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9.]+", "-")
            .replaceAll("^[-.]+", "");
    try {
      TrecRun run = runs.get(tag);
      if (run == null) {
        run = open(tag);
        runs.put(tag, run);
      }
      run.write(queryId, hits);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the run beside " + file, e);
    }
  }

  @Override
  public void close() {
    try {
      for (TrecRun run : runs.values()) {
        run.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the run beside " + file, e);
    }
  }

  private TrecRun open(String tag) throws IOException {
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return new TrecRun(Files.newBufferedWriter(alone ? file : named(tag)), tag);
  }

  private Path named(String tag) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return file.resolveSibling(
        dot < 0 ? name + "." + tag : name.substring(0, dot) + "." + tag + name.substring(dot));
  }
}

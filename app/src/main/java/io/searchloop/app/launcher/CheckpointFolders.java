package io.searchloop.app.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one job over all its runs. Flink gives every run a folder named by job id and
 * never looks into those of earlier runs; this class finds where to go on and what may go.
 *
 * <pre>
 * home / 5e20cb...(run) / chk-41 / _metadata   complete: the file appears whole, by a rename
 *                       / chk-42               still being written when the process died
 * </pre>
 */
final class CheckpointFolders {
  private static final Logger log = LoggerFactory.getLogger(CheckpointFolders.class);
  private static final String METADATA = "_metadata";
  private static final String CHECKPOINT = "chk-";

  private final Path home;

  /**
   * @param home folder of the job; created when missing
   */
  CheckpointFolders(Path home) {
    this.home = home;
    try {
      Files.createDirectories(home);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create the checkpoint folder " + home, e);
    }
  }

  /**
   * The complete checkpoint with the highest number. Numbers go on counting across runs, so this is
   * the newest; file times, which a copy changes, are not asked.
   */
  Optional<Path> newest() {
    return runs().stream()
        .flatMap(run -> children(run).stream())
        .filter(folder -> folder.getFileName().toString().startsWith(CHECKPOINT))
        .filter(folder -> Files.isRegularFile(folder.resolve(METADATA)))
        .max(Comparator.comparingLong(CheckpointFolders::number));
  }

  /**
   * Deletes every run but the one just started and the one it was restored from, which is needed
   * until the new run has a checkpoint of its own.
   */
  void keepOnly(String startedRun, Optional<Path> restored) {
    Optional<Path> base = restored.map(Path::getParent);
    for (Path run : runs()) {
      boolean needed =
          run.getFileName().toString().equals(startedRun) || base.equals(Optional.of(run));
      if (!needed && Directories.delete(run)) {
        log.info("Deleted the checkpoints of an earlier run in {}", run);
      }
    }
  }

  private List<Path> runs() {
    return children(home);
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring(CHECKPOINT.length()));
  }

  private static List<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.filter(Files::isDirectory).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list checkpoints in " + folder, e);
    }
  }
}

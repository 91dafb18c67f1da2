package io.searchloop.app.fleet;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;

/**
 * Checkpoints that a job left behind. The newest complete one is the one to go on from, and no
 * other: its transactions are prepared, those of an older one are committed already, so going back
 * further would write twice.
 */
final class CheckpointFolder {
  private static final String METADATA = "_metadata";
  private static final String PREFIX = "chk-";

  private final Path root;

  /**
   * @param root Flink's {@code execution.checkpointing.dir}
   */
  CheckpointFolder(Path root) {
    this.root = root;
  }

  /** The newest complete checkpoint of a job; empty when it has none. */
  Optional<Path> newest(String jobId) {
    Path folder = root.resolve(jobId);
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> children = Files.list(folder)) {
      List<Path> checkpoints =
          children
              .filter(child -> child.getFileName().toString().startsWith(PREFIX))
              .sorted(Comparator.comparingLong(CheckpointFolder::number).reversed())
              .toList();
      return checkpoints.stream().filter(CheckpointFolder::complete).findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + folder, e);
    }
  }

  private static long number(Path checkpoint) {
    return Long.parseLong(checkpoint.getFileName().toString().substring(PREFIX.length()));
  }

  /** Flink completes a checkpoint by writing its metadata; half of it is none. */
  private static boolean complete(Path checkpoint) {
    try (DataInputStream in =
        new DataInputStream(Files.newInputStream(checkpoint.resolve(METADATA)))) {
      Checkpoints.loadCheckpointMetadata(
          in, CheckpointFolder.class.getClassLoader(), checkpoint.toString());
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

package io.searchloop.trainer.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.searchloop.trainer.network.PolicyNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;

/**
 * Where an interrupted run goes on: a checkpoint and the training time behind it. Written after the
 * checkpoint it names, so what it names is always on disk.
 *
 * @param checkpoint hash of the checkpoint
 * @param step steps behind it
 * @param elapsedMillis training time behind it
 */
public record ResumePoint(String checkpoint, long step, long elapsedMillis) {
  private static final String FILE = "resume.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Replaces the point of a directory. */
  public void write(Path directory) {
    Path partial = directory.resolve(FILE + ".partial");
    try {
      Files.write(partial, JSON.writeValueAsBytes(this));
      Files.move(partial, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the resume point in " + directory, e);
    }
  }

  /** Puts weights and optimiser where the checkpoint left them. */
  public void restore(CheckpointStore checkpoints, PolicyNetwork network, AdamOptimizer optimizer) {
    try (PointerScope scope = new PointerScope()) {
      Checkpoint saved = checkpoints.load(checkpoint);
      network.load(saved.parameters());
      optimizer.restore(saved.optimizer());
    }
  }

  /** The point of a directory; empty when nothing was interrupted there. */
  public static Optional<ResumePoint> read(Path directory) {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(Files.readAllBytes(file), ResumePoint.class));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot read " + file + ". Delete it to start this run from its beginning.", e);
    }
  }
}

package io.searchloop.trainer.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checkpoints on disk, each under the SHA-256 of its bytes: a release that names the hash can never
 * meet other weights.
 *
 * <p>A save is whole or absent: written to a temporary file, forced to disk, renamed, and the
 * directory forced too. A load verifies every byte first. Thread owner: the trainer thread; one
 * trainer per directory.
 */
public final class CheckpointStore {
  private static final String SUFFIX = ".safetensors";
  private static final String TEMPORARY = ".partial";
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path directory;

  /** Opens or creates {@code directory}, and removes what an interrupted save left there. */
  public CheckpointStore(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      for (Path leftover : filesEndingIn(TEMPORARY)) {
        Files.delete(leftover);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open checkpoint directory " + directory, e);
    }
  }

  /** Saves durably and returns the hash to load it by; equal checkpoints share one file. */
  public String save(Checkpoint checkpoint) {
    try {
      Path partial = Files.createTempFile(directory, "checkpoint", TEMPORARY);
      String hash;
      try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        DigestingChannel digesting = new DigestingChannel(channel);
        checkpoint.toFile().write(digesting);
        channel.force(true);
        hash = digesting.hash();
      }
      Files.move(partial, path(hash), StandardCopyOption.ATOMIC_MOVE);
      forceDirectory();
      return hash;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot save checkpoint of step %d in %s".formatted(checkpoint.step(), directory), e);
    }
  }

  /**
   * Loads a verified checkpoint, whose tensors belong to the caller's {@code PointerScope}.
   *
   * @throws IllegalArgumentException if there is no such checkpoint or its bytes changed
   */
  public Checkpoint load(String hash) {
    Path file = path(hash);
    if (!contains(hash)) {
      throw new IllegalArgumentException(
          ("no checkpoint %s in %s; put it back, or rebuild from the release's chunks with a fresh"
                  + " optimiser")
              .formatted(hash, directory));
    }
    try {
      String found = hashOf(file);
      if (!found.equals(hash)) {
        throw new IllegalArgumentException(
            ("checkpoint %s is damaged: its SHA-256 is %s; restore a copy, or delete it to"
                    + " rebuild from the release's chunks with a fresh optimiser")
                .formatted(file, found));
      }
      return Checkpoint.from(SafetensorsFile.read(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read checkpoint " + file, e);
    }
  }

  /** Whether a checkpoint of this hash is on disk. */
  public boolean contains(String hash) {
    return Files.exists(path(hash));
  }

  /**
   * Deletes every checkpoint but those named.
   *
   * @param keep hashes; those that are not on disk are passed over
   * @return how many were deleted
   */
  public int retain(Set<String> keep) {
    int deleted = 0;
    try {
      for (Path file : filesEndingIn(SUFFIX)) {
        String name = file.getFileName().toString();
        String hash = name.substring(0, name.length() - SUFFIX.length());
        if (HASH.matcher(hash).matches() && !keep.contains(hash)) {
          Files.delete(file);
          deleted++;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete checkpoints in " + directory, e);
    }
    return deleted;
  }

  private List<Path> filesEndingIn(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.getFileName().toString().endsWith(suffix)).sorted().toList();
    }
  }

  private Path path(String hash) {
    return directory.resolve(hash + SUFFIX);
  }

  private void forceDirectory() throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static String hashOf(Path file) throws IOException {
    DigestingChannel digesting = new DigestingChannel(DigestingChannel.nowhere());
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
      while (channel.read(buffer) >= 0) {
        digesting.write(buffer.flip());
        buffer.clear();
      }
    }
    return digesting.hash();
  }
}

package io.searchloop.trainer.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints on disk, each under the SHA-256 of its bytes: a release that names the hash can never
 * meet other weights.
 *
 * <p>A save is whole or absent: written to a temporary file, forced to disk, renamed, and the
 * directory forced too. A load verifies every byte first. Thread owner: the trainer thread; one
 * trainer per directory.
 */
public final class CheckpointStore {
  private static final Logger log = LoggerFactory.getLogger(CheckpointStore.class);
  private static final String SUFFIX = ".safetensors";
  private static final String TEMPORARY = ".partial";
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
      MessageDigest digest = sha256();
      try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
        checkpoint.toFile().write(digesting(channel, digest));
        channel.force(true);
      }
      String hash = HexFormat.of().formatHex(digest.digest());
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
          "no checkpoint %s in %s; rebuild from the release's chunks with a fresh optimiser"
              .formatted(hash, directory));
    }
    try {
      String found = hashOf(file);
      if (!found.equals(hash)) {
        throw new IllegalArgumentException(
            "checkpoint %s is damaged: its SHA-256 is %s; delete it and restore a copy"
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

  /** Hash of the newest checkpoint: highest lineage, then highest step. */
  public Optional<String> newest() {
    return newestFirst().stream().findFirst().map(Stored::hash);
  }

  /** Deletes all but the {@code keep} newest checkpoints and returns the hashes deleted. */
  public List<String> prune(int keep) {
    if (keep < 1) {
      throw new IllegalArgumentException("checkpoints to keep: found " + keep + ", expected >= 1");
    }
    List<String> obsolete = newestFirst().stream().skip(keep).map(Stored::hash).toList();
    try {
      for (String hash : obsolete) {
        Files.delete(path(hash));
        log.info("pruned checkpoint {}", hash);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prune checkpoints in " + directory, e);
    }
    return obsolete;
  }

  private record Stored(String hash, long lineage, long step) {}

  private List<Stored> newestFirst() {
    try {
      return filesEndingIn(SUFFIX).stream()
          .map(CheckpointStore::describe)
          .sorted(
              Comparator.comparingLong(Stored::lineage).thenComparingLong(Stored::step).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list checkpoints in " + directory, e);
    }
  }

  private static Stored describe(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      SafetensorsFile header =
          new SafetensorsFile(SafetensorsHeader.read(channel, file).metadata(), Map.of());
      String name = file.getFileName().toString();
      return new Stored(
          name.substring(0, name.length() - SUFFIX.length()),
          header.number("lineage"),
          header.number("step"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read checkpoint " + file, e);
    }
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
    MessageDigest digest = sha256();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
      while (channel.read(buffer) >= 0) {
        digest.update(buffer.flip());
        buffer.clear();
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** A channel that digests what it passes on. */
  private static WritableByteChannel digesting(FileChannel target, MessageDigest digest) {
    return new WritableByteChannel() {
      @Override
      public int write(ByteBuffer source) throws IOException {
        ByteBuffer written = source.duplicate();
        int count = target.write(source);
        digest.update(written.limit(written.position() + count));
        return count;
      }

      @Override
      public boolean isOpen() {
        return target.isOpen();
      }

      @Override
      public void close() throws IOException {
        target.close();
      }
    };
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}

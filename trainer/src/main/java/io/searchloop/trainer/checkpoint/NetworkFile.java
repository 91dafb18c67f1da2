package io.searchloop.trainer.checkpoint;

import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.bytedeco.javacpp.PointerScope;

/** A network alone in a safetensors file, its shape as metadata: whole on disk, or absent. */
public final class NetworkFile {
  private NetworkFile() {}

  /** Writes weights and shape. */
  public static void write(PolicyNetwork network, Path file) {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      try (FileChannel channel =
          FileChannel.open(
              partial,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        new SafetensorsFile(network.config().toProperties(), network.parameters()).write(channel);
        channel.force(true);
      }
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write network to " + file, e);
    }
  }

  /**
   * Reads what {@link #write} wrote, trainable. The caller closes it.
   *
   * @throws IllegalArgumentException when the file holds no such network
   */
  public static PolicyNetwork read(Path file) {
    try (PointerScope scope = new PointerScope()) {
      SafetensorsFile saved = SafetensorsFile.read(file);
      return PolicyNetwork.restore(NetworkConfig.fromProperties(saved.metadata()), saved.tensors());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read network from " + file, e);
    }
  }
}

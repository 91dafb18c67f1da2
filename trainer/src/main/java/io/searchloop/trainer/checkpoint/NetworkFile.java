package io.searchloop.trainer.checkpoint;

import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.bytedeco.javacpp.PointerScope;

/** A network alone in a safetensors file, its shape as metadata: whole on disk, or absent. */
public final class NetworkFile {
  private NetworkFile() {}

  /** Writes weights and shape. */
  public static void write(PolicyNetwork network, Path file) {
    try {
      new SafetensorsFile(network.config().toProperties(), network.parameters()).write(file);
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

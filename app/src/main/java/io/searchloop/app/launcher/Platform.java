package io.searchloop.app.launcher;

import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.client.ClientConfig;
import io.searchloop.schemas.serde.Serdes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Kafka and schema registry: embedded, or the external ones that are configured. Stops what it
 * started, last first.
 *
 * @param bootstrapServers address of Kafka
 * @param serdes where schemas are
 */
public record Platform(Brokers bootstrapServers, Serdes serdes, Deque<AutoCloseable> started)
    implements AutoCloseable {
  private static final String KAFKA = "kafka";

  /** Starts what is not external. */
  public static Platform start(Path dataDirectory, LoopSettings settings) {
    Deque<AutoCloseable> started = new ArrayDeque<>();
    try {
      ClientConfig clients = ClientConfig.of(settings.loop().clientConfig());
      Brokers bootstrapServers = clients.brokers(settings.loop().kafka());
      if (settings.loop().kafka().isEmpty()) {
        EmbeddedBroker broker =
            EmbeddedBroker.start(dataDirectory.resolve(KAFKA), settings.broker());
        started.push(broker);
        bootstrapServers = Brokers.at(broker.bootstrapServers());
      }
      Serdes serdes = clients.serdes(settings.loop().registry(), false);
      if (settings.loop().registry().isEmpty()) {
        EmbeddedRegistry registry = EmbeddedRegistry.start(bootstrapServers, settings.registry());
        started.push(registry);
        serdes = new Serdes(registry.url(), false);
      }
      return new Platform(bootstrapServers, serdes, started);
    } catch (RuntimeException e) {
      Closing.all(started);
      throw e;
    }
  }

  /**
   * Starts broker and registry of a loop that has stopped.
   *
   * @param dataDirectory of that loop
   * @throws IllegalArgumentException when no loop has run there
   */
  public static Platform ofStopped(Path dataDirectory, LoopSettings settings) {
    if (!Files.isDirectory(dataDirectory.resolve(KAFKA))) {
      throw new IllegalArgumentException(
          "No loop has run in %s: there is no folder `%s`. Name the directory given to --data-dir."
              .formatted(dataDirectory, KAFKA));
    }
    return start(dataDirectory, settings);
  }

  @Override
  public void close() {
    Closing.all(started);
  }
}

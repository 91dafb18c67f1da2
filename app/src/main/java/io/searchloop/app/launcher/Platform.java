package io.searchloop.app.launcher;

import io.searchloop.schemas.serde.Serdes;
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
public record Platform(String bootstrapServers, Serdes serdes, Deque<AutoCloseable> started)
    implements AutoCloseable {

  /** Starts what is not external. */
  public static Platform start(Path dataDirectory, LoopSettings settings) {
    Deque<AutoCloseable> started = new ArrayDeque<>();
    try {
      String bootstrapServers = settings.loop().kafka();
      if (bootstrapServers.isEmpty()) {
        EmbeddedBroker broker =
            EmbeddedBroker.start(dataDirectory.resolve("kafka"), settings.broker());
        started.push(broker);
        bootstrapServers = broker.bootstrapServers();
      }
      String registryUrl = settings.loop().registry();
      if (registryUrl.isEmpty()) {
        EmbeddedRegistry registry = EmbeddedRegistry.start(bootstrapServers, settings.registry());
        started.push(registry);
        registryUrl = registry.url();
      }
      return new Platform(bootstrapServers, new Serdes(registryUrl, false), started);
    } catch (RuntimeException e) {
      Closing.all(started);
      throw e;
    }
  }

  @Override
  public void close() {
    Closing.all(started);
  }
}

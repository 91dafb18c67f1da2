package io.searchloop.app.launcher;

import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.client.ClientConfig;
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
public record Platform(Brokers bootstrapServers, Serdes serdes, Deque<AutoCloseable> started)
    implements AutoCloseable {

  /** Starts what is not external. */
  public static Platform start(Path dataDirectory, LoopSettings settings) {
    Deque<AutoCloseable> started = new ArrayDeque<>();
    try {
      ClientConfig clients = ClientConfig.of(settings.loop().clientConfig());
      Brokers bootstrapServers = clients.brokers(settings.loop().kafka());
      if (settings.loop().kafka().isEmpty()) {
        EmbeddedBroker broker =
            EmbeddedBroker.start(dataDirectory.resolve("kafka"), settings.broker());
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

  @Override
  public void close() {
    Closing.all(started);
  }
}

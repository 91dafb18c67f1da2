package io.searchloop.app.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker with its KRaft controller in this process, so that the loop on a laptop runs
 * on the same log, transactions and offsets as in production.
 *
 * <p>Topics survive {@link #close} and {@code kill -9}. One broker uses a directory at a time. A
 * disk error halts the JVM, as it would a broker of its own.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedBroker.class);

  private final DirectoryLock lock;
  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private EmbeddedBroker(DirectoryLock lock, KafkaRaftServer server, String bootstrapServers) {
    this.lock = lock;
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts the broker and returns once it takes requests.
   *
   * @param directory home of its logs, formatted on first use
   * @param config ports
   * @throws PortInUseException when a port is taken
   * @throws IllegalStateException when another broker uses the directory
   */
  public static EmbeddedBroker start(Path directory, BrokerConfig config) {
    return start(directory, config, Map.of());
  }

  /**
   * Starts a broker with further settings, such as what it asks of its clients.
   *
   * @param further settings by Kafka's own keys; they go before ours
   */
  static EmbeddedBroker start(Path directory, BrokerConfig config, Map<String, String> further) {
    int port = Ports.claim(config.port(), "Kafka broker", "--broker.port");
    int controllerPort =
        Ports.claim(config.controllerPort(), "Kafka controller", "--broker.controller-port");
    DirectoryLock lock = DirectoryLock.of(directory);
    try {
      formatOnFirstUse(directory);
      Map<String, String> properties = BrokerProperties.of(directory, port, controllerPort);
      properties.putAll(further);
      KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
      server.startup();
      String bootstrapServers = Ports.LOOPBACK + ":" + port;
      log.info("Kafka broker on {}, data in {}", bootstrapServers, directory);
      return new EmbeddedBroker(lock, server, bootstrapServers);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Address for {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Flushes and closes all logs; the next start needs no recovery. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
    lock.close();
  }

  private static void formatOnFirstUse(Path directory) {
    if (Files.exists(directory.resolve("meta.properties"))) {
      return;
    }
    try {
      new Formatter()
          .setNodeId(BrokerProperties.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setDirectories(List.of(directory.toString()))
          .setMetadataLogDirectory(directory.toString())
          .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
          .run();
    } catch (Exception e) {
      throw new IllegalStateException(
          "Cannot format "
              + directory
              + " for the Kafka broker, expected an empty writable directory or a formatted one."
              + " Choose another with --data-dir.",
          e);
    }
  }
}

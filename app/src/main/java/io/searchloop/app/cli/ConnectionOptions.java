package io.searchloop.app.cli;

import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.client.ClientConfig;
import io.searchloop.schemas.serde.Serdes;
import java.util.Map;
import picocli.CommandLine.Option;

/** How a command finds a running loop. */
final class ConnectionOptions {
  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9092",
      description = "Kafka of the running loop (default: ${DEFAULT-VALUE}).")
  private String bootstrap = "127.0.0.1:9092";

  @Option(
      names = "--registry",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8082",
      description = "Schema registry of the running loop (default: ${DEFAULT-VALUE}).")
  private String registry = "http://127.0.0.1:8082";

  @Option(
      names = "--client-config",
      paramLabel = "FILE",
      defaultValue = "",
      description =
          "TLS, SASL and registry settings, as Kafka's --command-config takes them (default: the"
              + " file in SEARCHLOOP_CLIENT_CONFIG).")
  private String clientConfig = "";

  Brokers brokers() {
    return ClientConfig.of(clientConfig).brokers(bootstrap);
  }

  /**
   * The same for a process of its own, as settings: files are named there, never what is in them.
   */
  Map<String, String> settings() {
    return clientConfig.isBlank() ? Map.of() : Map.of("loop.client-config", clientConfig);
  }

  Serdes serdes() {
    return ClientConfig.of(clientConfig).serdes(registry, false);
  }
}

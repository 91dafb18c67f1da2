package io.searchloop.app.cli;

import io.searchloop.schemas.serde.Serdes;
import picocli.CommandLine.Option;

/** How a command finds a running loop. */
final class ConnectionOptions {
  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9092",
      description = "Kafka of the running loop (default: ${DEFAULT-VALUE}).")
  String bootstrap = "127.0.0.1:9092";

  @Option(
      names = "--registry",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8082",
      description = "Schema registry of the running loop (default: ${DEFAULT-VALUE}).")
  String registry = "http://127.0.0.1:8082";

  Serdes serdes() {
    return new Serdes(registry, false);
  }
}

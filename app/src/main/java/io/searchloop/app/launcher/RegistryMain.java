package io.searchloop.app.launcher;

import io.searchloop.schemas.client.ClientConfig;

/**
 * A schema registry in a process of its own: {@code RegistryMain BOOTSTRAP PORT}; the environment
 * names what Kafka asks of clients. Runs until it is killed.
 */
public final class RegistryMain {
  private RegistryMain() {}

  public static void main(String[] arguments) {
    EmbeddedRegistry.start(
        ClientConfig.of("").brokers(arguments[0]),
        new RegistryConfig(Integer.parseInt(arguments[1])));
  }
}

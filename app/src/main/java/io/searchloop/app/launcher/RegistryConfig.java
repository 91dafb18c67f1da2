package io.searchloop.app.launcher;

import io.searchloop.schemas.config.Setting;

/**
 * Where the embedded schema registry listens. Bound under {@code registry}.
 *
 * @param port HTTP port; 0 picks a free one
 */
public record RegistryConfig(
    @Setting(value = "8082", help = "port of the embedded schema registry; 0 picks a free one")
        int port) {
  public RegistryConfig {
    Ports.check("port", port);
  }
}

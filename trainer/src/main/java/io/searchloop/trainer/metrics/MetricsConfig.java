package io.searchloop.trainer.metrics;

import io.searchloop.schemas.config.Setting;

/**
 * Where the trainer's metrics are read, keys {@code trainer.metrics.*}. Apart from the trainer's
 * other settings, because those are recorded in every release.
 *
 * @param host address to listen on
 * @param port port to listen on; 0 picks a free one
 */
public record MetricsConfig(
    @Setting(value = "127.0.0.1", help = "address of the trainer's /metrics and /livez")
        String host,
    @Setting(value = "9465", help = "port of the trainer's /metrics; 0 picks a free one")
        int port) {
  private static final int HIGHEST = 65_535;

  public MetricsConfig {
    if (host.isBlank()) {
      throw new IllegalArgumentException(
          "host is empty, expected an address such as 127.0.0.1 or 0.0.0.0");
    }
    if (port < 0 || port > HIGHEST) {
      throw new IllegalArgumentException(
          "port is " + port + ", expected 1 to " + HIGHEST + ", or 0 for any free port");
    }
  }
}

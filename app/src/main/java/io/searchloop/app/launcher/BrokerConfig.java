package io.searchloop.app.launcher;

import io.searchloop.schemas.config.Setting;

/**
 * Where the embedded broker listens. Bound under {@code broker}.
 *
 * @param port port of clients; 0 picks a free one
 * @param controllerPort port of the KRaft controller; 0 picks a free one
 */
public record BrokerConfig(
    @Setting(value = "9092", help = "port of the embedded Kafka broker; 0 picks a free one")
        int port,
    @Setting(value = "9093", help = "port of the embedded KRaft controller; 0 picks a free one")
        int controllerPort) {
  public BrokerConfig {
    Ports.check("port", port);
    Ports.check("controller-port", controllerPort);
    if (port == controllerPort && port != 0) {
      throw new IllegalArgumentException(
          "port and controller-port are both " + port + ", expected two different ports");
    }
  }
}

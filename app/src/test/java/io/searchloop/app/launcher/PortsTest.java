package io.searchloop.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
  private static final int ANY = 0;

  @Test
  void namesBusyPortAndTheFlagThatChangesIt() throws IOException {
    try (ServerSocket other = new ServerSocket(ANY, 1, InetAddress.getLoopbackAddress())) {
      int port = other.getLocalPort();

      assertThatThrownBy(() -> Ports.claim(port, "Kafka broker", "--broker.port"))
          .isInstanceOf(PortInUseException.class)
          .hasMessage(
              "Port %d for the Kafka broker is in use. Choose another with --broker.port.", port);
    }
  }

  @Test
  void noticesAPortTakenOnAllAddresses() throws IOException {
    try (ServerSocket other = new ServerSocket(ANY)) {
      int port = other.getLocalPort();

      assertThatThrownBy(() -> Ports.claim(port, "Flink dashboard", "--flink.port"))
          .hasMessageContaining("Port " + port)
          .hasMessageContaining("--flink.port");
    }
  }

  @Test
  void leavesAFreePortFree() {
    int port = Ports.claim(ANY, "test", "--port");

    assertThat(port).isPositive();
    assertThat(Ports.claim(port, "test", "--port")).isEqualTo(port);
  }
}

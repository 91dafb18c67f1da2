package io.searchloop.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
  private static final BrokerConfig FREE_PORTS = new BrokerConfig(0, 0);

  @TempDir Path data;

  @Test
  void keepsRecordsOverACleanRestart() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(data, FREE_PORTS)) {
      KafkaRecords.createTopic(broker.bootstrapServers(), "greetings");
      KafkaRecords.produce(broker.bootstrapServers(), "greetings", List.of("hello", "again"));
    }

    try (EmbeddedBroker broker = EmbeddedBroker.start(data, FREE_PORTS)) {
      assertThat(KafkaRecords.committed(broker.bootstrapServers(), "greetings", 2))
          .containsExactly("hello", "again");
    }
  }

  @Test
  void keepsAcknowledgedRecordsWhenKilled() throws Exception {
    int port = Ports.claim(0, "test", "--port");
    int controllerPort = Ports.claim(0, "test", "--port");
    try (ChildProcess killed = ChildProcess.start(BrokerMain.class, data, port, controllerPort)) {
      String bootstrapServers = Ports.LOOPBACK + ":" + port;
      KafkaRecords.createTopic(bootstrapServers, "greetings");
      KafkaRecords.produce(bootstrapServers, "greetings", List.of("hello", "again"));
      assertThat(killed.isAlive()).isTrue();
    }

    BrokerConfig samePorts = new BrokerConfig(port, controllerPort);
    try (EmbeddedBroker broker = EmbeddedBroker.start(data, samePorts)) {
      assertThat(KafkaRecords.committed(broker.bootstrapServers(), "greetings", 2))
          .containsExactly("hello", "again");
      KafkaRecords.produce(broker.bootstrapServers(), "greetings", List.of("still writable"));
    }
  }

  @Test
  void refusesAPortThatAnotherBrokerHolds() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(data.resolve("first"), FREE_PORTS)) {
      int taken = Integer.parseInt(broker.bootstrapServers().split(":")[1]);

      assertThatThrownBy(
              () -> EmbeddedBroker.start(data.resolve("second"), new BrokerConfig(taken, 0)))
          .isInstanceOf(PortInUseException.class)
          .hasMessage(
              "Port %d for the Kafka broker is in use. Choose another with --broker.port.", taken);
    }
  }

  @Test
  void refusesADirectoryThatAnotherBrokerUses() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(data, FREE_PORTS)) {
      assertThatThrownBy(() -> EmbeddedBroker.start(data, FREE_PORTS))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(data.toString())
          .hasMessageContaining("--data-dir");

      KafkaRecords.createTopic(broker.bootstrapServers(), "unharmed");
    }
  }

  /** A broker to kill: directory, port, controller port. */
  static final class BrokerMain {
    public static void main(String[] arguments) throws InterruptedException {
      EmbeddedBroker.start(
          Path.of(arguments[0]),
          new BrokerConfig(Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2])));
      Thread.currentThread().join();
    }
  }
}

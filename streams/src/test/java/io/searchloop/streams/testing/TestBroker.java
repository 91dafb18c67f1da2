package io.searchloop.streams.testing;

import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A real broker in this process with every topic of the loop, which may go away and come back. */
public final class TestBroker implements AutoCloseable {
  private final Map<String, String> settings;
  private final String bootstrapServers;
  private KafkaRaftServer server;

  /** Starts a broker in an empty directory. */
  public TestBroker(Path directory) throws Exception {
    int port = freePort();
    int controllerPort = freePort();
    bootstrapServers = "127.0.0.1:" + port;
    new Formatter()
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .setDirectories(List.of(directory.toString()))
        .setMetadataLogDirectory(directory.toString())
        .setControllerListenerName("CONTROLLER")
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
        .run();
    settings = settings(directory, port, controllerPort);
    server = started();
    try (Admin admin =
        Admin.create(
            Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      admin.createTopics(Topics.ALL.stream().map(TestBroker::topic).toList()).all().get();
    }
  }

  /** Address for clients. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** Starts it again after {@link #close}, at its address and with all it had stored. */
  public void restart() {
    server = started();
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private KafkaRaftServer started() {
    KafkaRaftServer starting = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    starting.startup();
    return starting;
  }

  private static NewTopic topic(Topic<?> topic) {
    return new NewTopic(topic.name(), topic.partitions(), (short) 1)
        .configs(topic.retention().settings());
  }

  private static Map<String, String> settings(Path directory, int port, int controllerPort) {
    return Map.ofEntries(
        Map.entry("process.roles", "broker,controller"),
        Map.entry("node.id", "1"),
        Map.entry("controller.quorum.voters", "1@127.0.0.1:" + controllerPort),
        Map.entry(
            "listeners",
            "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort),
        Map.entry("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port),
        Map.entry("controller.listener.names", "CONTROLLER"),
        Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
        Map.entry("log.dirs", directory.toString()),
        Map.entry("controlled.shutdown.enable", "false"),
        Map.entry("auto.create.topics.enable", "false"),
        Map.entry("offsets.topic.replication.factor", "1"),
        Map.entry("offsets.topic.num.partitions", "1"),
        Map.entry("transaction.state.log.replication.factor", "1"),
        Map.entry("transaction.state.log.min.isr", "1"),
        Map.entry("transaction.state.log.num.partitions", "1"),
        Map.entry("group.initial.rebalance.delay.ms", "0"),
        Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
        Map.entry("group.streams.heartbeat.interval.ms", "300"),
        Map.entry("group.streams.min.heartbeat.interval.ms", "300"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

package io.searchloop.jobs.io;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.Serdes;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A broker with every topic, and as much of a schema registry as serdes ask for. */
final class TestKafka implements AutoCloseable {
  private final KafkaRaftServer broker;
  private final HttpServer registry;
  private final List<String> schemas = new CopyOnWriteArrayList<>();
  private final String bootstrapServers;

  TestKafka(Path directory) throws Exception {
    int port = freePort();
    int controllerPort = freePort();
    bootstrapServers = "127.0.0.1:" + port;
    format(directory);
    broker =
        new KafkaRaftServer(
            new KafkaConfig(settings(directory, port, controllerPort), false), Time.SYSTEM);
    broker.startup();
    registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    registry.createContext("/subjects/", this::register);
    registry.createContext("/schemas/ids/", this::lookUp);
    registry.start();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin
          .createTopics(
              Topics.ALL.stream()
                  .map(topic -> new NewTopic(topic.name(), topic.partitions(), (short) 1))
                  .toList())
          .all()
          .get();
    }
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  Serdes serdes() {
    return new Serdes("http://127.0.0.1:" + registry.getAddress().getPort(), true);
  }

  @Override
  public void close() {
    registry.stop(0);
    broker.shutdown();
    broker.awaitShutdown();
  }

  /** Answers {@code POST /subjects/S/versions}: equal schemas keep their id. */
  private synchronized void register(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (!schemas.contains(body)) {
      schemas.add(body);
    }
    answer(exchange, "{\"id\":" + (schemas.indexOf(body) + 1) + "}");
  }

  /** Answers {@code GET /schemas/ids/N} with what was registered under it. */
  private void lookUp(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    answer(exchange, schemas.get(Integer.parseInt(path.substring(path.lastIndexOf('/') + 1)) - 1));
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  private static void format(Path directory) throws Exception {
    new Formatter()
        .setNodeId(1)
        .setClusterId(Uuid.randomUuid().toString())
        .setDirectories(List.of(directory.toString()))
        .setMetadataLogDirectory(directory.toString())
        .setControllerListenerName("CONTROLLER")
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
        .run();
  }

  private static Map<String, String> settings(Path directory, int port, int controllerPort) {
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("log.dirs", directory.toString());
    settings.put(
        "listeners", "CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    settings.put("advertised.listeners", "CLIENTS://127.0.0.1:" + port);
    settings.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", "CLIENTS");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    return settings;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

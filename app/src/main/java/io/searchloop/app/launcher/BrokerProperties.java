package io.searchloop.app.launcher;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings of a broker that is alone, shares a laptop and may be killed at any moment. */
final class BrokerProperties {
  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final String CLIENT_LISTENER = "CLIENTS";

  private BrokerProperties() {}

  static Map<String, String> of(Path directory, int port, int controllerPort) {
    Map<String, String> properties = new HashMap<>();
    properties.put("log.dirs", directory.toString());
    properties.putAll(listeners(port, controllerPort));
    properties.putAll(ALONE);
    properties.putAll(FAST_START);
    properties.putAll(SMALL);
    properties.putAll(CONTRACT);
    return properties;
  }

  private static Map<String, String> listeners(int port, int controllerPort) {
    String clients = CLIENT_LISTENER + "://" + Ports.LOOPBACK + ":" + port;
    String controller = CONTROLLER_LISTENER + "://" + Ports.LOOPBACK + ":" + controllerPort;
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(NODE_ID),
        "listeners",
        clients + "," + controller,
        "advertised.listeners",
        clients,
        "listener.security.protocol.map",
        CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT",
        "inter.broker.listener.name",
        CLIENT_LISTENER,
        "controller.listener.names",
        CONTROLLER_LISTENER,
        "controller.quorum.voters",
        NODE_ID + "@" + Ports.LOOPBACK + ":" + controllerPort);
  }

  /** One replica of everything. */
  private static final Map<String, String> ALONE =
      Map.of(
          "default.replication.factor", "1",
          "min.insync.replicas", "1",
          "offsets.topic.replication.factor", "1",
          "transaction.state.log.replication.factor", "1",
          "transaction.state.log.min.isr", "1",
          "share.coordinator.state.topic.replication.factor", "1",
          "share.coordinator.state.topic.min.isr", "1");

  /**
   * After a kill the controller refuses our own broker until its old session times out, so a longer
   * session means a slower restart; but a session shorter than a stall of the machine fences the
   * only broker there is. Groups start without waiting for members that will never come.
   */
  private static final Map<String, String> FAST_START =
      Map.of(
          "broker.session.timeout.ms", "6000",
          "broker.heartbeat.interval.ms", "500",
          "group.initial.rebalance.delay.ms", "0",
          "group.streams.initial.rebalance.delay.ms", "0",
          "group.streams.min.heartbeat.interval.ms", "300",
          "group.streams.heartbeat.interval.ms", "300");

  /** Few threads, few internal partitions, a cleaner buffer that fits a shared heap. */
  private static final Map<String, String> SMALL =
      Map.of(
          "offsets.topic.num.partitions", "4",
          "transaction.state.log.num.partitions", "4",
          "share.coordinator.state.topic.num.partitions", "1",
          "num.network.threads", "2",
          "num.io.threads", "4",
          "background.threads", "2",
          "log.cleaner.dedupe.buffer.size", "8388608");

  /**
   * Topics are created on purpose only (see {@link TopicAdmin}); Flink's transactions may outlive a
   * long stop.
   */
  private static final Map<String, String> CONTRACT =
      Map.of(
          "auto.create.topics.enable", "false",
          "transaction.max.timeout.ms", "3600000");
}

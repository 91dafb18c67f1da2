package io.searchloop.schemas.client;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * A Kafka cluster as every client of ours reaches it: its addresses, and what clients need to be
 * let in. Serializable, so that Flink's tasks can open clients of their own; prints no secret.
 *
 * @param addresses {@code host:port} of one broker or several, for {@code bootstrap.servers}
 * @param client security and connection settings, by Kafka's names
 */
public record Brokers(String addresses, Map<String, String> client) implements Serializable {
  public Brokers {
    client = Map.copyOf(client);
  }

  /** Brokers that let everybody in, as the embedded one does. */
  public static Brokers at(String addresses) {
    return new Brokers(addresses, Map.of());
  }

  /**
   * Settings of a client: where and how it connects, and what it is for.
   *
   * @param own what the client is for; goes before the rest, though the two never name the same
   */
  public Map<String, Object> with(Map<String, ?> own) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("bootstrap.servers", addresses);
    settings.putAll(own);
    return settings;
  }

  /** Security and connection settings without addresses, for builders that take those apart. */
  public Properties properties() {
    Properties properties = new Properties();
    properties.putAll(client);
    return properties;
  }

  /** The addresses: settings may hold passwords. */
  @Override
  public String toString() {
    return addresses;
  }
}

package io.searchloop.schemas;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/**
 * A topic with the record it carries, so that no producer or consumer names one without the other.
 * Keys are UTF-8 strings everywhere.
 *
 * @param name topic name
 * @param valueClass generated Avro class of the value
 * @param partitions partitions when Searchloop creates the topic
 * @param retention how Kafka cleans it
 */
public record Topic<V extends SpecificRecord>(
    String name, Class<V> valueClass, int partitions, Retention retention) {

  /** How a topic is cleaned. */
  public enum Retention {
    /** Raw events: thirty days by broker time. */
    EXPIRES(Map.of("cleanup.policy", "delete", "retention.ms", "2592000000")),
    /**
     * What searches earned, and what was learned from it, with the texts of queries: ninety days by
     * broker time, longer than the raw events that an audit compares it with.
     */
    LEARNED(Map.of("cleanup.policy", "delete", "retention.ms", "7776000000")),
    /** The latest record of each key. */
    COMPACTED(Map.of("cleanup.policy", "compact")),
    /** Audit logs, of which nothing names or quotes a shopper. */
    FOREVER(Map.of("cleanup.policy", "delete", "retention.ms", "-1", "retention.bytes", "-1"));

    private final Map<String, String> settings;

    Retention(Map<String, String> settings) {
      this.settings = settings;
    }

    /** Whether records are deleted by age; then a shop may choose another age. */
    public boolean byAge() {
      return this == EXPIRES || this == LEARNED;
    }

    /** Kafka topic settings that express this retention. */
    public Map<String, String> settings() {
      return settings;
    }
  }

  /** Registry subject of the value, by Confluent's default strategy. */
  public String subject() {
    return name + "-value";
  }

  /** The same topic under a prefix; replays run on prefixed topics. */
  public Topic<V> prefixed(String prefix) {
    return new Topic<>(prefix + name, valueClass, partitions, retention);
  }

  /** The same topic with another number of partitions. */
  public Topic<V> withPartitions(int count) {
    return new Topic<>(name, valueClass, count, retention);
  }
}

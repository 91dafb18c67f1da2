package io.searchloop.storefront;

import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.client.ClientConfig;
import io.searchloop.schemas.privacy.Pseudonyms;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * Where events go and what may be spent on them.
 *
 * @param bootstrapServers Kafka, {@code host:port} with commas between
 * @param registryUrl base address of the schema registry, which must have the schemas already
 * @param topicPrefix prefix of Searchloop's topics; mostly empty
 * @param capacity events that may wait; more are lost as {@link Loss#QUEUE_FULL}
 * @param linger how long an event waits for company in its batch
 * @param patience how long registry and Kafka may take for an event once its turn has come; at
 *     least a second
 * @param drain how long closing waits for what is under way
 * @param clients what Kafka and the registry need to let the storefront in
 * @param pseudonyms put in the place of visitors' names; the keys of the workers
 * @param kafka further settings of the Kafka client
 */
public record StorefrontSettings(
    String bootstrapServers,
    String registryUrl,
    String topicPrefix,
    int capacity,
    Duration linger,
    Duration patience,
    Duration drain,
    ClientConfig clients,
    Pseudonyms pseudonyms,
    Map<String, String> kafka) {
  private static final int CAPACITY = 10_000;
  private static final Duration LINGER = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration MOST_PATIENCE = Duration.ofDays(1);
  private static final Duration DRAIN = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 3;

  /** What the delivery promise rests on. */
  private static final Set<String> FIXED =
      Set.of(
          ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          ProducerConfig.ACKS_CONFIG,
          ProducerConfig.LINGER_MS_CONFIG,
          ProducerConfig.MAX_BLOCK_MS_CONFIG,
          ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
          ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.TRANSACTIONAL_ID_CONFIG);

  public StorefrontSettings {
    require(!bootstrapServers.isBlank(), "bootstrapServers", "''", "host:port");
    require(!registryUrl.isBlank(), "registryUrl", "''", "the registry's address");
    require(capacity >= 1, "capacity", capacity, "1 or more");
    require(!linger.isNegative(), "linger", linger, "zero or more");
    boolean patient = patience.toSeconds() >= 1 && patience.compareTo(MOST_PATIENCE) <= 0;
    require(patient, "patience", patience, "PT1S to PT24H");
    require(
        linger.compareTo(patience.dividedBy(2)) < 0,
        "linger",
        linger,
        "less than half of patience");
    require(!drain.isNegative(), "drain", drain, "zero or more");
    Set<String> taken = new TreeSet<>(kafka.keySet());
    taken.retainAll(FIXED);
    require(taken.isEmpty(), "kafka", "settings of " + taken, "other settings: these are fixed");
    kafka = Map.copyOf(kafka);
  }

  /** Defaults: 10,000 events may wait, each for 30 seconds at most. */
  public static StorefrontSettings of(String bootstrapServers, String registryUrl) {
    return new StorefrontSettings(
        bootstrapServers,
        registryUrl,
        "",
        CAPACITY,
        LINGER,
        PATIENCE,
        DRAIN,
        ClientConfig.NONE,
        Pseudonyms.NONE,
        Map.of());
  }

  /** The same with another bound of what may wait. */
  public StorefrontSettings withCapacity(int events) {
    return new StorefrontSettings(
        bootstrapServers,
        registryUrl,
        topicPrefix,
        events,
        linger,
        patience,
        drain,
        clients,
        pseudonyms,
        kafka);
  }

  /** The same with other bounds of time. */
  public StorefrontSettings withTimes(Duration newLinger, Duration newPatience, Duration newDrain) {
    return new StorefrontSettings(
        bootstrapServers,
        registryUrl,
        topicPrefix,
        capacity,
        newLinger,
        newPatience,
        newDrain,
        clients,
        pseudonyms,
        kafka);
  }

  /**
   * The same with TLS, SASL and credentials of the registry, such as {@code
   * ClientConfig.of("client.properties")} reads from a file.
   */
  public StorefrontSettings withClients(ClientConfig config) {
    return new StorefrontSettings(
        bootstrapServers,
        registryUrl,
        topicPrefix,
        capacity,
        linger,
        patience,
        drain,
        config,
        pseudonyms,
        kafka);
  }

  /**
   * The same with pseudonyms, such as {@code Pseudonyms.of("keys/pseudonyms")} reads from the file
   * that the workers have too: events of a visitor under another name are not joined.
   */
  public StorefrontSettings withPseudonyms(Pseudonyms names) {
    return new StorefrontSettings(
        bootstrapServers,
        registryUrl,
        topicPrefix,
        capacity,
        linger,
        patience,
        drain,
        clients,
        names,
        kafka);
  }

  /** The same with further settings of the Kafka client; they go before those of a file. */
  public StorefrontSettings withKafka(Map<String, String> settings) {
    return new StorefrontSettings(
        bootstrapServers,
        registryUrl,
        topicPrefix,
        capacity,
        linger,
        patience,
        drain,
        clients,
        pseudonyms,
        settings);
  }

  /** Where Kafka is, with what it asks of clients. */
  Brokers brokers() {
    return clients.brokers(bootstrapServers);
  }

  /** Settings of the Kafka client: batches, idempotent, acknowledged by all replicas. */
  Map<String, Object> producer() {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "searchloop-storefront");
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.putAll(kafka);
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, (int) linger.toMillis());
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, patience.toMillis());
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) patience.toMillis());
    settings.put(
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) patience.dividedBy(ATTEMPTS).toMillis());
    return settings;
  }

  private static void require(boolean condition, String name, Object found, String expected) {
    if (!condition) {
      throw new IllegalArgumentException("%s is %s, expected %s.".formatted(name, found, expected));
    }
  }
}

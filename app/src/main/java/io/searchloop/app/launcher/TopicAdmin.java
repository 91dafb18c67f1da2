package io.searchloop.app.launcher;

import static java.util.Objects.requireNonNull;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.PolicyChunk;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.access.AccessRemedy;
import io.searchloop.schemas.client.Brokers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificData;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics of the loop with the settings its promises rest on, and says where an existing
 * topic differs: a release topic that expires, or has two partitions, would break versions silently
 * and much later.
 *
 * <p>Topics of one partition keep one, since their offsets are identifiers; all others get the
 * given number. Thread-safe.
 */
public final class TopicAdmin implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicAdmin.class);

  /**
   * A dead letter holds a whole record and more, so it may exceed what its source topic accepts (1
   * MiB). Only a record that was compressed below that and grows beyond this stays a burden.
   */
  private static final String LARGEST_DEAD_LETTER_BYTES = "16777216";

  /**
   * Kafka compacts no segment that it still writes to, so what `policy prune` takes away would stay
   * on the disk until a gigabyte had come after it.
   */
  private static final String CHUNK_SEGMENT_BYTES = "134217728";

  private static final String RETENTION = "retention.ms";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofMillis(20);

  private final Admin admin;
  private final String prefix;
  private final int partitions;

  /**
   * @param bootstrapServers address of the brokers
   * @param prefix put before every topic name; empty for the live loop
   * @param partitions partitions of every topic that may have more than one
   */
  public TopicAdmin(Brokers bootstrapServers, String prefix, int partitions) {
    if (partitions < 1) {
      throw new IllegalArgumentException("partitions is " + partitions + ", expected 1 or more");
    }
    this.admin = Admin.create(bootstrapServers.with(Map.of()));
    this.prefix = prefix;
    this.partitions = partitions;
  }

  /**
   * Creates the topics that are missing and compares those that exist.
   *
   * @param topics topics without prefix, usually {@code Topics.ALL}
   * @return one sentence per difference between an existing topic and what we need; empty when all
   *     is well
   */
  public List<String> ensure(List<Topic<?>> topics) {
    List<Topic<?>> wanted = topics.stream().<Topic<?>>map(this::placed).toList();
    Set<String> present = Futures.get("list topics", admin.listTopics().names());
    Set<String> created =
        create(wanted.stream().filter(topic -> !present.contains(topic.name())).toList());
    return differences(wanted.stream().filter(t -> !created.contains(t.name())).toList());
  }

  /** Topics that do not exist yet, by name. */
  public List<String> missing(List<Topic<?>> topics) {
    Set<String> present = Futures.get("list topics", admin.listTopics().names());
    return topics.stream()
        .map(topic -> placed(topic).name())
        .filter(name -> !present.contains(name))
        .toList();
  }

  /**
   * Compares the topics that exist, and creates none.
   *
   * @return one sentence per difference
   */
  public List<String> compare(List<Topic<?>> topics) {
    Set<String> present = Futures.get("list topics", admin.listTopics().names());
    return differences(
        topics.stream()
            .<Topic<?>>map(this::placed)
            .filter(topic -> present.contains(topic.name()))
            .toList());
  }

  /**
   * Registers the value schema of every topic, so that nobody registers on first write.
   *
   * @throws IllegalStateException naming the subject whose schema the registry refuses
   */
  public void registerSchemas(SchemaRegistryClient registry, List<Topic<?>> topics) {
    for (Topic<?> topic : topics) {
      String subject = placed(topic).subject();
      AvroSchema schema =
          new AvroSchema(
              SpecificData.getForClass(topic.valueClass()).getSchema(topic.valueClass()));
      try {
        registry.register(subject, schema);
      } catch (RestClientException e) {
        throw new IllegalStateException(
            "Registry refused the schema of subject "
                + subject
                + ": "
                + e.getMessage()
                + ". "
                + AccessRemedy.of(e)
                    .orElse(
                        "Run a version of Searchloop whose schemas are compatible with this data."),
            e);
      } catch (IOException e) {
        throw new UncheckedIOException(
            "Registry not reachable while registering "
                + subject
                + ". "
                + AccessRemedy.of(e).orElse("Check its address."),
            e);
      }
    }
  }

  @Override
  public void close() {
    admin.close();
  }

  /**
   * Creates topics, and returns when brokers list them.
   *
   * @return names of those that no other program created at the same moment
   */
  private Set<String> create(List<Topic<?>> missing) {
    if (missing.isEmpty()) {
      return Set.of();
    }
    Map<String, KafkaFuture<Void>> creations =
        admin.createTopics(missing.stream().map(TopicAdmin::newTopic).toList()).values();
    Set<String> created =
        creations.entrySet().stream()
            .filter(creation -> createdByUs(creation.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    awaitListing(creations.keySet());
    log.info("Created {} topics", created.size());
    return created;
  }

  private static boolean createdByUs(KafkaFuture<Void> creation) {
    try {
      Futures.get("create topics", creation);
      return true;
    } catch (IllegalStateException e) {
      if (e.getCause() instanceof TopicExistsException) {
        return false;
      }
      throw e;
    }
  }

  /** A broker may not list yet what the controller created a moment ago. */
  private void awaitListing(Set<String> topics) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Futures.get("list topics", admin.listTopics().names()).containsAll(topics)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Kafka created topics and does not list them within %s: %s"
                .formatted(PATIENCE, topics));
      }
      LockSupport.parkNanos(MOMENT.toNanos());
    }
  }

  private Topic<?> placed(Topic<?> topic) {
    return topic.prefixed(prefix).withPartitions(topic.partitions() == 1 ? 1 : partitions);
  }

  private static NewTopic newTopic(Topic<?> topic) {
    return new NewTopic(topic.name(), Optional.of(topic.partitions()), Optional.empty())
        .configs(settings(topic));
  }

  /**
   * Topics that expire are stamped by the broker: an event that happened long ago is deleted thirty
   * days after it arrived, not at once.
   */
  private static Map<String, String> settings(Topic<?> topic) {
    Map<String, String> settings = new TreeMap<>(topic.retention().settings());
    if (topic.retention().byAge()) {
      settings.put("message.timestamp.type", "LogAppendTime");
    }
    if (topic.valueClass() == DeadLetter.class) {
      settings.put("max.message.bytes", LARGEST_DEAD_LETTER_BYTES);
    }
    if (topic.valueClass() == PolicyChunk.class) {
      settings.put("segment.bytes", CHUNK_SEGMENT_BYTES);
    }
    return settings;
  }

  private List<String> differences(List<Topic<?>> topics) {
    List<String> names = topics.stream().map(Topic::name).toList();
    Map<String, TopicDescription> described =
        Futures.get("describe topics", admin.describeTopics(names).allTopicNames());
    List<ConfigResource> resources = names.stream().map(TopicAdmin::resource).toList();
    Map<ConfigResource, Config> configured =
        Futures.get("read topic settings", admin.describeConfigs(resources).all());

    List<String> differences = new ArrayList<>();
    for (Topic<?> topic : topics) {
      int found = requireNonNull(described.get(topic.name())).partitions().size();
      if (found != topic.partitions()) {
        differences.add(difference(topic, "partitions", "" + found, "" + topic.partitions()));
      }
      differences.addAll(
          differences(topic, requireNonNull(configured.get(resource(topic.name())))));
    }
    return List.copyOf(differences);
  }

  private static List<String> differences(Topic<?> topic, Config found) {
    List<String> differences = new ArrayList<>();
    settings(topic)
        .forEach(
            (key, expected) -> {
              String value = found.get(key).value();
              if (!value.equals(expected) && !chosen(topic, key, value)) {
                differences.add(difference(topic, key, value, expected));
              }
            });
    return differences;
  }

  /** How long personal data is kept is the shop's to say, but not for ever by oversight. */
  private static boolean chosen(Topic<?> topic, String key, String found) {
    return topic.retention().byAge() && key.equals(RETENTION) && !found.startsWith("-");
  }

  private static String difference(Topic<?> topic, String key, String found, String expected) {
    return "Topic "
        + topic.name()
        + ": "
        + key
        + " is "
        + found
        + ", expected "
        + expected
        + ". Alter the topic, or use another data directory or topic prefix.";
  }

  private static ConfigResource resource(String topic) {
    return new ConfigResource(ConfigResource.Type.TOPIC, topic);
  }
}

package io.searchloop.app.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.acls.AclPlan;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.doctor.Diagnosis;
import io.searchloop.app.doctor.Doctor;
import io.searchloop.app.log.ControlWriter;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.client.ClientConfig;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.testkit.Eventually;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A broker with TLS, SASL and rights, and a registry behind TLS and a password, where every
 * component has a user of its own with the rights that are listed for it.
 */
final class SecuredPlatform implements AutoCloseable {
  private static final List<String> USERS =
      AclPlan.COMPONENTS.stream().map(each -> AclPlan.PREFIX + each.component()).toList();

  final SecuredListener listener;
  private final Path directory;
  private final EmbeddedBroker broker;
  private final EmbeddedRegistry registry;
  private final SecuredRegistry door;

  /** Starts all of it, with the topics of a small shop. */
  SecuredPlatform(Path directory) throws Exception {
    this.directory = directory;
    listener = SecuredListener.in(directory, USERS);
    broker =
        EmbeddedBroker.start(
            directory.resolve("kafka"), new BrokerConfig(0, 0), listener.heedingRights());
    Brokers all = clients(SecuredListener.BROKER).brokers(broker.bootstrapServers());
    registry = EmbeddedRegistry.start(all, new RegistryConfig(0));
    door = new SecuredRegistry(registry.url(), listener, USERS);
    List<AclBinding> rights = new ArrayList<>();
    AclPlan.COMPONENTS.forEach(each -> rights.addAll(each.bindings(AclPlan.PREFIX)));
    try (Admin admin = Admin.create(all.with(Map.of()))) {
      admin.createAcls(rights).all().get();
      Eventually.present(
          () ->
              admin.describeAcls(AclBindingFilter.ANY).values().get().size()
                      == Set.copyOf(rights).size()
                  ? Optional.of(true)
                  : Optional.empty());
    }
    LoopSettings shop = SmallShop.settings(1, Map.of());
    Groundwork groundwork = new Groundwork(brokers("setup"), serdes("setup"));
    assertThat(groundwork.layTopics(1)).isEmpty();
    groundwork.publish(GeneratedMarketplace.generate(shop.marketplace()), shop.reward());
    writeAndAbort(all, "of-this-test", Topics.ALL.stream().map(Topic::name).toList());
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Address of the registry, as clients know it. */
  String registryUrl() {
    return door.url();
  }

  ClientConfig clients(String user) {
    return ClientConfig.of(listener.client(user).toString());
  }

  Brokers brokers(String component) {
    return clients(AclPlan.PREFIX + component).brokers(broker.bootstrapServers());
  }

  Serdes serdes(String component) {
    return clients(AclPlan.PREFIX + component).serdes(door.url(), false);
  }

  /** A decision that changes nothing. */
  void decide(String component) {
    try (ControlWriter writer =
        new ControlWriter(brokers(component), serdes(component), InstantSource.system())) {
      writer.decide(ControlAction.FREEZE, -1, "anna", "as tested, and void", 4711);
    }
  }

  /** What a doctor finds who has the client file. */
  Diagnosis examine(Path clients) {
    Map<String, String> settings =
        Map.ofEntries(
            Map.entry("broker.port", "0"),
            Map.entry("broker.controller-port", "0"),
            Map.entry("registry.port", "0"),
            Map.entry("flink.port", "0"),
            Map.entry("flink.metrics.port", "0"),
            Map.entry("trainer.metrics.port", "0"),
            Map.entry("serving.port", "0"),
            Map.entry("console.port", "0"),
            Map.entry("loop.partitions", "1"),
            Map.entry("loop.kafka", broker.bootstrapServers()),
            Map.entry("loop.registry", door.url()),
            Map.entry("loop.client-config", clients.toString()));
    return new Doctor(LoopSettings.of(settings, false), directory, InstantSource.system())
        .examine();
  }

  /** Leaves something to read at the end of topics, and nothing to see. */
  static void writeAndAbort(Brokers as, String id, List<String> topics) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            as.with(Map.of("transactional.id", id)),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      for (String topic : topics) {
        producer
            .send(new ProducerRecord<>(topic, 0, new byte[] {1}, "aborted".getBytes(UTF_8)))
            .get();
      }
      producer.abortTransaction();
    }
  }

  /** Commits the beginning of a topic. */
  static void commit(Brokers as, String group, String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            as.with(Map.of("group.id", group)),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition read = new TopicPartition(topic, 0);
      consumer.assign(List.of(read));
      consumer.commitSync(Map.of(read, new OffsetAndMetadata(0)));
    }
  }

  @Override
  public void close() {
    door.close();
    registry.close();
    broker.close();
  }
}

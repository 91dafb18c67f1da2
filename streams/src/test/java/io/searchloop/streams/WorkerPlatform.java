package io.searchloop.streams;

import static io.searchloop.streams.testing.Releases.control;
import static io.searchloop.streams.testing.Releases.manifest;
import static io.searchloop.streams.testing.Releases.released;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.PolicyChunk;
import io.searchloop.schemas.Product;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.streams.feed.ConsumerSettings;
import io.searchloop.streams.signal.ProducerSettings;
import io.searchloop.streams.testing.TestBroker;
import io.searchloop.streams.testing.TestRegistry;
import io.searchloop.testkit.Eventually;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.StreamSupport;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A broker and a registry, and who writes there besides a worker: importer, trainer, operator. */
final class WorkerPlatform implements AutoCloseable {
  final TestBroker broker;
  private final TestRegistry registry;
  private final Serdes serdes;
  private final Producer<byte[], byte[]> producer;
  private final Producer<byte[], byte[]> operator;

  WorkerPlatform(Path directory) throws Exception {
    broker = new TestBroker(directory);
    registry = new TestRegistry();
    serdes = registry.serdes();
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "trainer"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
    operator = new ProducerSettings(Brokers.at(broker.bootstrapServers())).producer();
  }

  /** A worker that has yet to start; whoever asks closes it. */
  ServingWorker worker(Map<String, String> others) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "serving.port", "0",
                "serving.holdout-share", "0",
                "serving.deadline", "PT10S",
                "serving.drain", "PT2S",
                "serving.trusted-keys", "unsigned",
                "serving.random-seed", "1"));
    settings.putAll(others);
    return new ServingWorker(
        new ConfigBinder(settings).bind("serving", ServingConfig.class),
        Brokers.at(broker.bootstrapServers()),
        serdes,
        InstantSource.system(),
        new SplittableRandom(1));
  }

  void catalogue(long epoch, String... titles) throws Exception {
    producer.beginTransaction();
    for (String title : titles) {
      send(
          Topics.PRODUCTS,
          title,
          Product.newBuilder().setProductId(title).setTitle(title).setEpoch(epoch).build());
    }
    send(
        Topics.PRODUCTS,
        "epoch/" + epoch,
        Product.newBuilder()
            .setProductId("epoch/" + epoch)
            .setEpoch(epoch)
            .setEpochMarker(true)
            .build());
    producer.commitTransaction();
  }

  /** Publishes chunks and manifest in one transaction, as the trainer does. */
  long release(String id, long lineage, long step, PolicyArtifact artifact) throws Exception {
    byte[] bytes = artifact.toBytes();
    ReleaseManifest manifest = manifest(id, lineage, step, bytes);
    List<byte[]> pieces = ArtifactChunks.split(bytes);
    producer.beginTransaction();
    for (int i = 0; i < pieces.size(); i++) {
      PolicyChunk chunk =
          PolicyChunk.newBuilder()
              .setReleaseId(id)
              .setIndex(i)
              .setCount(pieces.size())
              .setPayload(ByteBuffer.wrap(pieces.get(i)))
              .build();
      send(Topics.POLICY_CHUNKS, id + "/" + i, chunk);
    }
    long offset = send(Topics.POLICY_RELEASES, id, released(manifest));
    producer.commitTransaction();
    return offset;
  }

  /** Never in a transaction: an open one would hide a rollback. */
  long decide(ControlAction action, long version, long expectedHead) throws Exception {
    return send(
        operator, Topics.POLICY_CONTROL, action.name(), control(action, version, expectedHead));
  }

  /** All that a topic holds, of which there are at least so many. */
  <V extends SpecificRecord> List<V> read(Topic<V> topic, int count) {
    AvroSerde<V> serde = serdes.of(topic);
    List<V> values = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer =
        new ConsumerSettings(Brokers.at(broker.bootstrapServers())).consumer("test")) {
      consumer.assign(partitions(consumer, topic));
      consumer.seekToBeginning(consumer.assignment());
      while (values.size() < count) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> values.add(serde.deserialize(record.value())));
      }
    }
    return values;
  }

  /** A header of the first decision. */
  String header(String name) {
    try (Consumer<byte[], byte[]> consumer =
        new ConsumerSettings(Brokers.at(broker.bootstrapServers())).consumer("test")) {
      consumer.assign(partitions(consumer, Topics.DECISIONS));
      consumer.seekToBeginning(consumer.assignment());
      return Eventually.present(
          () ->
              StreamSupport.stream(consumer.poll(Duration.ofMillis(100)).spliterator(), false)
                  .map(record -> new String(record.headers().lastHeader(name).value(), US_ASCII))
                  .findFirst());
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    operator.close(Duration.ZERO);
    registry.close();
    broker.close();
  }

  private <V extends SpecificRecord> long send(Topic<V> topic, String key, V value)
      throws Exception {
    return send(producer, topic, key, value);
  }

  private <V extends SpecificRecord> long send(
      Producer<byte[], byte[]> by, Topic<V> topic, String key, V value) throws Exception {
    byte[] bytes = serdes.of(topic).encode(value);
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic.name(), key.getBytes(StandardCharsets.UTF_8), bytes);
    return by.send(record).get().offset();
  }

  private static List<TopicPartition> partitions(
      Consumer<byte[], byte[]> consumer, Topic<?> topic) {
    return consumer.partitionsFor(topic.name()).stream()
        .map(info -> new TopicPartition(topic.name(), info.partition()))
        .toList();
  }
}

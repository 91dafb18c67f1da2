package io.searchloop.app.launcher;

import io.searchloop.schemas.Product;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.Topic;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.log.AdmittedConfigs;
import io.searchloop.schemas.log.Located;
import io.searchloop.schemas.log.TopicLog;
import io.searchloop.schemas.serde.Serdes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be on the topics before the loop can turn: the catalogue with its epoch marker, and the
 * reward configuration. A second start on the same data finds both and leaves them as they are.
 */
final class FirstRecords {
  private static final Logger log = LoggerFactory.getLogger(FirstRecords.class);
  private static final long FIRST_EPOCH = 1;

  private final Brokers bootstrapServers;
  private final Serdes serdes;

  FirstRecords(Brokers bootstrapServers, Serdes serdes) {
    this.bootstrapServers = bootstrapServers;
    this.serdes = serdes;
  }

  /**
   * Publishes a catalogue unless it is there.
   *
   * @param name of the dataset, kept in the epoch marker
   * @throws IllegalStateException when the topic holds the catalogue of another dataset
   */
  void publishCatalogue(String name, List<io.searchloop.search.engine.Product> products) {
    List<Located<Product>> markers =
        TopicLog.readAll(Topics.PRODUCTS, bootstrapServers, serdes).stream()
            .filter(located -> located.value().getEpochMarker())
            .toList();
    if (markers.isEmpty()) {
      publish(Topics.PRODUCTS, Product::getProductId, catalogue(name, products, FIRST_EPOCH));
      log.info("Published {} products", products.size());
      return;
    }
    String published = markers.get(markers.size() - 1).value().getTitle();
    if (!published.equals(name)) {
      throw new IllegalStateException(
          "This data directory holds the catalogue of '"
              + published
              + "', the dataset given is '"
              + name
              + "'. Choose another directory with --data-dir.");
    }
  }

  /** Publishes another catalogue in place of the last one. */
  void renewCatalogue(String name, List<io.searchloop.search.engine.Product> products) {
    long last =
        TopicLog.readAll(Topics.PRODUCTS, bootstrapServers, serdes).stream()
            .mapToLong(located -> located.value().getEpoch())
            .max()
            .orElse(0);
    publish(Topics.PRODUCTS, Product::getProductId, catalogue(name, products, last + 1));
  }

  /**
   * Publishes the reward configuration unless the directory has one already.
   *
   * @return every configuration that was ever admitted, in the order written
   * @throws IllegalStateException when the directory began with another one
   */
  List<RewardConfig> publishRewardConfig(RewardConfig wanted) {
    List<RewardConfig> admitted = AdmittedConfigs.read(bootstrapServers, serdes);
    if (admitted.isEmpty()) {
      publish(Topics.REWARD_CONFIG, RewardConfig::getName, List.of(wanted));
      return List.of(wanted);
    }
    if (!admitted.get(0).equals(wanted)) {
      throw new IllegalStateException(
          "This data directory began with the reward configuration "
              + admitted.get(0)
              + ", found "
              + wanted
              + ". Keep the reward.* settings and change prices with ./searchloop reward set, or"
              + " choose another directory with --data-dir.");
    }
    return admitted;
  }

  private static List<Product> catalogue(
      String name, List<io.searchloop.search.engine.Product> products, long epoch) {
    List<Product> records = new java.util.ArrayList<>(products.size() + 1);
    products.forEach(product -> records.add(toRecord(product, epoch)));
    records.add(
        Product.newBuilder()
            .setProductId("epoch/" + epoch)
            .setTitle(name)
            .setEpoch(epoch)
            .setEpochMarker(true)
            .build());
    return records;
  }

  private static Product toRecord(io.searchloop.search.engine.Product product, long epoch) {
    return Product.newBuilder()
        .setProductId(product.id())
        .setTitle(product.title())
        .setDescription(product.description())
        .setCategory(product.category())
        .setBrand(product.brand())
        .setAttributes(product.attributes())
        .setEpoch(epoch)
        .build();
  }

  /**
   * Writes records, the last of which says that all are there: it is sent when they are.
   *
   * @throws IllegalStateException naming the first that Kafka refused; the last is not written then
   */
  private <V extends SpecificRecord> void publish(
      Topic<V> topic, java.util.function.Function<V, String> key, List<V> records) {
    try (KafkaProducer<String, V> producer =
        new KafkaProducer<>(
            bootstrapServers.with(Map.of("linger.ms", "20")),
            new StringSerializer(),
            serdes.of(topic).serializer())) {
      AtomicReference<String> refused = new AtomicReference<>();
      for (V record : records.subList(0, records.size() - 1)) {
        String id = key.apply(record);
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(topic.name(), id, record),
                (written, failure) -> {
                  if (failure != null) {
                    refused.compareAndSet(null, id + ": " + failure.getMessage());
                  }
                });
      }
      producer.flush();
      if (refused.get() != null) {
        throw new IllegalStateException(
            "%s takes no record of %s. Mend it and publish again; what was written is replaced."
                .formatted(topic.name(), refused.get()));
      }
      V last = records.get(records.size() - 1);
      producer.send(new ProducerRecord<>(topic.name(), key.apply(last), last)).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Cannot write " + topic.name() + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while writing " + topic.name(), e);
    }
  }
}

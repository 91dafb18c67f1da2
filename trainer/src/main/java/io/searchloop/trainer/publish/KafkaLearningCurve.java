package io.searchloop.trainer.publish;

import io.searchloop.schemas.LearningMetrics;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.schemas.serde.Serdes;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The learning curve on {@code learning.metrics.v1}, at least once: a resumed trainer repeats the
 * points of the minibatches it trains again, with equal offsets and values.
 */
public final class KafkaLearningCurve implements LearningCurve {
  private static final Logger log = LoggerFactory.getLogger(KafkaLearningCurve.class);
  private static final int LONGEST_WAIT_MS = 5_000;

  private final Producer<String, byte[]> producer;
  private final AvroSerde<LearningMetrics> serde;

  public KafkaLearningCurve(Producer<String, byte[]> producer, AvroSerde<LearningMetrics> serde) {
    this.producer = producer;
    this.serde = serde;
  }

  /** A curve on a broker. */
  public static KafkaLearningCurve connect(Brokers bootstrapServers, Serdes serdes) {
    Map<String, Object> settings =
        bootstrapServers.with(
            Map.of(
                ProducerConfig.CLIENT_ID_CONFIG,
                "trainer-metrics",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                LONGEST_WAIT_MS));
    return new KafkaLearningCurve(
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer()),
        serdes.of(Topics.METRICS));
  }

  @Override
  public void add(LearningMetrics point) {
    producer.send(
        new ProducerRecord<>(
            Topics.METRICS.name(), Long.toString(point.getMinibatch()), serde.encode(point)),
        (metadata, failure) -> {
          if (failure != null) {
            log.warn("Metrics of minibatch {} lost", point.getMinibatch(), failure);
          }
        });
  }

  @Override
  public void close() {
    producer.close();
  }
}

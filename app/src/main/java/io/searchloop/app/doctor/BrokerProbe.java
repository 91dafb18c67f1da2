package io.searchloop.app.doctor;

import io.searchloop.app.doctor.KafkaChecks.UnansweredException;
import io.searchloop.schemas.client.Brokers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes one record in a transaction to a topic of its own and deletes the topic: that it works
 * shows that transactions do, and the broker's time stamp shows how far its clock is from ours.
 */
final class BrokerProbe {
  private static final int PATIENCE_MS = 10_000;
  private static final Duration NOTICEABLE = Duration.ofSeconds(1);
  private static final Duration HARMFUL = Duration.ofSeconds(10);

  private final Brokers kafka;
  private final Admin admin;
  private final InstantSource clock;

  BrokerProbe(Brokers kafka, Admin admin, InstantSource clock) {
    this.kafka = kafka;
    this.admin = admin;
    this.clock = clock;
  }

  List<Finding> findings() {
    String topic = "searchloop-doctor-" + UUID.randomUUID();
    try {
      KafkaChecks.ask(
          admin
              .createTopics(
                  List.of(
                      new NewTopic(topic, Optional.of(1), Optional.empty())
                          .configs(Map.of("message.timestamp.type", "LogAppendTime"))))
              .all());
    } catch (UnansweredException e) {
      return List.of(
          Finding.warning(
              "transactions and clock",
              "not tried, since no topic can be made: " + e.getMessage(),
              "Run it as a user who may create topics, or compare the clocks by hand."));
    }
    try {
      return List.of(Finding.ok("transactional write", "works"), clock(write(topic)));
    } catch (KafkaException | UnansweredException e) {
      return List.of(
          Finding.problem(
              "transactional write",
              "failed: " + e.getMessage(),
              "Trainer and jobs write in transactions: see the brokers' logs and the replicas of"
                  + " __transaction_state."));
    } finally {
      forget(topic);
    }
  }

  /** How far the broker's clock is ahead of ours, give or take half the time a write takes. */
  private Duration write(String topic) {
    Map<String, Object> settings =
        kafka.with(
            Map.of(
                "transactional.id", topic,
                "max.block.ms", PATIENCE_MS,
                "request.timeout.ms", PATIENCE_MS / 2,
                "delivery.timeout.ms", PATIENCE_MS));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      Instant before = clock.instant();
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(topic, "probe".getBytes(StandardCharsets.UTF_8));
      long stamped = KafkaChecks.ask(producer.send(record)).timestamp();
      Instant middle = before.plus(Duration.between(before, clock.instant()).dividedBy(2));
      producer.commitTransaction();
      return Duration.between(middle, Instant.ofEpochMilli(stamped));
    }
  }

  static Finding clock(Duration ahead) {
    String found =
        "the broker's is %d ms %s"
            .formatted(ahead.abs().toMillis(), ahead.isNegative() ? "behind" : "ahead");
    String remedy = "Let both machines follow the same time server (chrony, systemd-timesyncd).";
    if (ahead.abs().compareTo(NOTICEABLE) < 0) {
      return Finding.ok("clock", found);
    }
    return ahead.abs().compareTo(HARMFUL) < 0
        ? Finding.warning("clock", found, remedy)
        : Finding.problem("clock", found + ": events would come late or from the future", remedy);
  }

  private void forget(String topic) {
    try {
      KafkaChecks.ask(admin.deleteTopics(List.of(topic)).all());
    } catch (UnansweredException e) {
      // A topic without use stays; what was found is found.
    }
  }
}

package io.searchloop.app.log;

import io.searchloop.policy.control.Verdict;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Appends decisions to the control log and tells what became of them. Never transactional: an open
 * transaction would hide a rollback from the workers.
 */
public final class ControlWriter implements AutoCloseable {
  private final Brokers bootstrapServers;
  private final Serdes serdes;
  private final InstantSource clock;
  private final KafkaProducer<String, PolicyControl> producer;

  public ControlWriter(Brokers bootstrapServers, Serdes serdes, InstantSource clock) {
    this.bootstrapServers = bootstrapServers;
    this.serdes = serdes;
    this.clock = clock;
    this.producer =
        new KafkaProducer<>(
            bootstrapServers.with(Map.of(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true")),
            new StringSerializer(),
            serdes.of(Topics.POLICY_CONTROL).serializer());
  }

  /**
   * Appends a decision that gives no share of visitors, and reads its verdict back.
   *
   * @param version release acted on; -1 for none
   * @param expectedHead head its author has seen
   * @throws IllegalStateException when the record cannot be appended
   */
  public Verdict decide(
      ControlAction action, long version, String who, String why, long expectedHead) {
    return decide(action, version, 0, who, why, expectedHead);
  }

  /**
   * Appends a decision and reads its verdict back from the log.
   *
   * @param version release acted on; -1 for none
   * @param percent share of visitors for CANARY; 0 otherwise
   * @param expectedHead head its author has seen
   * @throws IllegalStateException when the record cannot be appended
   */
  public Verdict decide(
      ControlAction action, long version, int percent, String who, String why, long expectedHead) {
    String decisionId = UUID.randomUUID().toString();
    PolicyControl control =
        PolicyControl.newBuilder()
            .setDecisionId(decisionId)
            .setAction(action)
            .setPolicyVersion(version)
            .setPercent(percent)
            .setWho(who)
            .setWhy(why)
            .setTimestamp(clock.instant())
            .setExpectedHead(expectedHead)
            .build();
    long offset = append(decisionId, control);
    return PolicyHistory.read(bootstrapServers, serdes).control().verdicts().stream()
        .filter(verdict -> verdict.offset() == offset)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException("Decision at offset " + offset + " cannot be read back"));
  }

  private long append(String decisionId, PolicyControl control) {
    try {
      return producer
          .send(new ProducerRecord<>(Topics.POLICY_CONTROL.name(), 0, decisionId, control))
          .get()
          .offset();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "Control log not writable at " + bootstrapServers + ": " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while writing the control log", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}

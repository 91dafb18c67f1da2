package io.searchloop.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.ReleaseStatus;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.AvroSerde;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaPolicyLogTest {
  private static final TopicPartition RELEASES =
      new TopicPartition(Topics.POLICY_RELEASES.name(), 0);
  private static final TopicPartition CONTROL = new TopicPartition(Topics.POLICY_CONTROL.name(), 0);

  private final MockSchemaRegistryClient registry =
      new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));
  private final AvroSerde<PolicyRelease> releaseSerde =
      new AvroSerde<>(Topics.POLICY_RELEASES, registry, true);
  private final AvroSerde<PolicyControl> controlSerde =
      new AvroSerde<>(Topics.POLICY_CONTROL, registry, true);
  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

  @Test
  void foldsBothLogsFromTheirBeginning() {
    KafkaPolicyLog log = log(2, 1);
    addRelease(0, ReleaseStatus.RELEASED);
    addRelease(1, ReleaseStatus.REFUSED);
    addRollback(0, 0);

    PolicyHistory history = log.catchUp();

    assertThat(history.releases()).extracting(ReleaseEntry::released).containsExactly(true, false);
    assertThat(history.head().lineage()).isZero();
    assertThat(history.head().activeVersion()).isZero();
  }

  @Test
  void passesOverRecordsItCannotRead() {
    KafkaPolicyLog log = log(2, 0);
    consumer.addRecord(new ConsumerRecord<>(RELEASES.topic(), 0, 0, null, new byte[] {9}));
    addRelease(1, ReleaseStatus.RELEASED);

    assertThat(log.catchUp().releases()).extracting(ReleaseEntry::version).containsExactly(1L);
  }

  @Test
  void seesADecisionThatArrivesLater() {
    KafkaPolicyLog log = log(1, 0);
    addRelease(0, ReleaseStatus.RELEASED);
    assertThat(log.catchUp().head().lineage()).isEqualTo(-1);

    addRollback(0, 0);

    assertThat(log.poll().head().lineage()).isZero();
  }

  private KafkaPolicyLog log(long releaseEnd, long controlEnd) {
    KafkaPolicyLog log = new KafkaPolicyLog(consumer, releaseSerde, controlSerde);
    consumer.updateBeginningOffsets(Map.of(RELEASES, 0L, CONTROL, 0L));
    consumer.updateEndOffsets(Map.of(RELEASES, releaseEnd, CONTROL, controlEnd));
    return log;
  }

  private void addRelease(long offset, ReleaseStatus status) {
    PolicyProvenance provenance =
        new PolicyProvenance("training", 0, 0, 0, Map.of(), Map.of(), Map.of(), "test", 0);
    ReleaseManifest manifest =
        new ReleaseManifest(ReleaseManifest.FORMAT, "release", -1, -1, 0, 0, 0, "", "", provenance);
    PolicyRelease release =
        PolicyRelease.newBuilder()
            .setStatus(status)
            .setManifest(ByteBuffer.wrap(manifest.toJson()))
            .build();
    consumer.addRecord(
        new ConsumerRecord<>(RELEASES.topic(), 0, offset, null, releaseSerde.encode(release)));
  }

  private void addRollback(long offset, long version) {
    PolicyControl control =
        PolicyControl.newBuilder()
            .setDecisionId("decision")
            .setAction(ControlAction.ROLLBACK)
            .setPolicyVersion(version)
            .setTimestamp(Instant.EPOCH)
            .build();
    consumer.addRecord(
        new ConsumerRecord<>(CONTROL.topic(), 0, offset, null, controlSerde.encode(control)));
  }
}

package io.searchloop.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.release.Sha256;
import io.searchloop.policy.signing.CarriedManifest;
import io.searchloop.policy.signing.ReleaseSignature;
import io.searchloop.policy.signing.SigningKey;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PolicyChunk;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.ReleaseStatus;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.AvroSerde;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PolicyPublisherTest {
  private static final TopicPartition MINIBATCHES =
      new TopicPartition(Topics.MINIBATCHES.name(), 0);
  private static final SigningKey KEY = SigningKey.generate(new SecureRandom());

  private final MockSchemaRegistryClient registry =
      new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));
  private final AvroSerde<PolicyChunk> chunkSerde =
      new AvroSerde<>(Topics.POLICY_CHUNKS, registry, true);
  private final AvroSerde<PolicyRelease> releaseSerde =
      new AvroSerde<>(Topics.POLICY_RELEASES, registry, true);
  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
  private final PolicyPublisher publisher =
      new PolicyPublisher(
          producer, chunkSerde, releaseSerde, KEY, () -> new ConsumerGroupMetadata("trainer"));
  private final byte[] artifact = new byte[2 * ArtifactChunks.CHUNK_BYTES + 5];

  @BeforeEach
  void open() {
    new Random(1).nextBytes(artifact);
    publisher.open();
  }

  @Test
  void publishesChunksReleaseAndOffsetsInOneTransaction() {
    ReleaseManifest manifest = manifest(artifact);

    publisher.release(manifest, artifact, OptionalLong.of(17));

    assertThat(producer.commitCount()).isEqualTo(1);
    assertThat(producer.consumerGroupOffsetsHistory())
        .containsExactly(Map.of("trainer", Map.of(MINIBATCHES, new OffsetAndMetadata(17))));
    Map<Integer, byte[]> pieces = new HashMap<>();
    for (ProducerRecord<String, byte[]> sent : producer.history().subList(0, 3)) {
      PolicyChunk chunk = chunkSerde.deserialize(sent.value());
      assertThat(sent.key()).isEqualTo("release/" + chunk.getIndex());
      assertThat(chunk.getCount()).isEqualTo(3);
      pieces.put(chunk.getIndex(), Packed.bytes(chunk.getPayload()));
    }
    assertThat(ArtifactChunks.assemble(manifest, pieces)).isEqualTo(artifact);
    PolicyRelease release = releaseSerde.deserialize(producer.history().get(3).value());
    assertThat(release.getStatus()).isEqualTo(ReleaseStatus.RELEASED);
    assertThat(ReleaseManifest.fromJson(Packed.bytes(release.getManifest()))).isEqualTo(manifest);
    assertThat(release.getFirstChunk()).isZero();
  }

  @Test
  void signsTheManifestAsItIsCarried() {
    publisher.release(manifest(artifact), artifact, OptionalLong.of(17));
    publisher.refuse(manifest(new byte[0]), "worse", 18);

    for (int at : new int[] {3, 4}) {
      PolicyRelease release = releaseSerde.deserialize(producer.history().get(at).value());
      CarriedManifest carried =
          new CarriedManifest(
              at,
              Packed.bytes(release.getManifest()),
              new ReleaseSignature(release.getKeyId(), Packed.bytes(release.getSignature())),
              release.getFirstChunk());

      assertThatCode(() -> carried.verify(TrustedKeys.of(KEY.trusted())))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void returnsTheOffsetOfTheReleaseRecordAsItsVersion() {
    assertThat(publisher.release(manifest(artifact), artifact, OptionalLong.of(1))).isZero();
    assertThat(publisher.refuse(manifest(new byte[0]), "worse", 2)).isEqualTo(1);
    assertThat(publisher.release(manifest(artifact), artifact, OptionalLong.of(3))).isEqualTo(2);
  }

  @Test
  void releasesTheWarmStartWithoutOffsets() {
    publisher.release(manifest(artifact), artifact, OptionalLong.empty());

    assertThat(producer.commitCount()).isEqualTo(1);
    assertThat(producer.consumerGroupOffsetsHistory()).isEmpty();
  }

  @Test
  void recordsRefusalsWithoutChunksButWithOffsets() {
    publisher.refuse(manifest(new byte[0]), "kl_to_anchor is 2", 9);

    assertThat(producer.history()).hasSize(1);
    PolicyRelease release = releaseSerde.deserialize(producer.history().get(0).value());
    assertThat(release.getStatus()).isEqualTo(ReleaseStatus.REFUSED);
    assertThat(release.getReason()).isEqualTo("kl_to_anchor is 2");
    assertThat(producer.consumerGroupOffsetsHistory()).hasSize(1);
  }

  @Test
  void leavesNothingBehindWhenTheCommitFails() {
    producer.commitTransactionException = new KafkaException("disk full");

    assertThatThrownBy(() -> publisher.release(manifest(artifact), artifact, OptionalLong.of(17)))
        .isInstanceOf(ReleaseNotPublishedException.class)
        .hasMessageContaining("disk full")
        .hasMessageContaining("restart the trainer");
    assertThat(producer.transactionAborted()).isTrue();
    assertThat(producer.history()).isEmpty();
    assertThat(producer.consumerGroupOffsetsHistory()).isEmpty();
  }

  @Test
  void stopsWhenAnotherTrainerHasTakenThePen() {
    producer.fenceProducer();

    assertThatThrownBy(() -> publisher.release(manifest(artifact), artifact, OptionalLong.of(17)))
        .isInstanceOf(ReleaseNotPublishedException.class)
        .hasMessageContaining("another trainer")
        .hasMessageContaining("Run one trainer only");
  }

  private static ReleaseManifest manifest(byte[] artifact) {
    PolicyProvenance provenance =
        new PolicyProvenance("training", 0, 17, 17, Map.of(), Map.of(), Map.of(), "test", 0);
    return new ReleaseManifest(
        ReleaseManifest.FORMAT,
        "release",
        0,
        -1,
        1,
        artifact.length == 0 ? 0 : 3,
        artifact.length,
        artifact.length == 0 ? "" : Sha256.of(artifact),
        "checkpoint",
        provenance);
  }
}

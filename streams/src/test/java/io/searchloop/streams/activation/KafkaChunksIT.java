package io.searchloop.streams.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.PolicyChunk;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.streams.feed.ConsumerSettings;
import io.searchloop.streams.testing.Releases;
import io.searchloop.streams.testing.TestBroker;
import io.searchloop.streams.testing.TestRegistry;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KafkaChunksIT {
  private static final int THREE_PIECES = 2 * ArtifactChunks.CHUNK_BYTES + 1;

  @TempDir Path directory;
  private TestBroker broker;
  private TestRegistry registry;
  private AvroSerde<PolicyChunk> serde;
  private Producer<byte[], byte[]> producer;
  private KafkaChunks chunks;

  @BeforeEach
  void start() throws Exception {
    broker = new TestBroker(directory);
    registry = new TestRegistry();
    serde = registry.serdes().of(Topics.POLICY_CHUNKS);
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
    chunks =
        new KafkaChunks(
            () -> new ConsumerSettings(Brokers.at(broker.bootstrapServers())).consumer("chunks"),
            serde,
            Duration.ofSeconds(1));
  }

  @AfterEach
  void close() {
    chunks.close();
    producer.close();
    registry.close();
    broker.close();
  }

  @Test
  void findsEveryReleaseAlsoOneItHasPassed() {
    byte[] first = artifact(1, THREE_PIECES);
    byte[] second = artifact(2, 10);
    publish("first", first);
    publish("second", second);
    ReleaseManifest firstManifest = Releases.manifest("first", -1, 0, first);
    ReleaseManifest secondManifest = Releases.manifest("second", -1, 1, second);

    assertThat(ArtifactChunks.assemble(secondManifest, chunks.fetch(secondManifest)))
        .isEqualTo(second);
    assertThat(ArtifactChunks.assemble(firstManifest, chunks.fetch(firstManifest)))
        .isEqualTo(first);
    assertThat(ArtifactChunks.assemble(secondManifest, chunks.fetch(secondManifest)))
        .isEqualTo(second);
  }

  @Test
  void leavesOutWhatWasPrunedOrNeverCommitted() {
    byte[] pruned = artifact(1, 10);
    publish("pruned", pruned);
    producer.beginTransaction();
    send("pruned/0", null);
    producer.commitTransaction();
    producer.beginTransaction();
    send("aborted/0", chunk("aborted", 0, 1, pruned));
    producer.flush();
    producer.abortTransaction();
    byte[] whole = artifact(2, 10);
    publish("whole", whole);

    assertThat(chunks.fetch(Releases.manifest("whole", -1, 1, whole))).containsOnlyKeys(0);
    assertThat(chunks.fetch(Releases.manifest("pruned", -1, 1, pruned))).isEmpty();
    assertThat(chunks.fetch(Releases.manifest("aborted", -1, 1, pruned))).isEmpty();
  }

  @Test
  void looksWhereTheReleaseRecordSaysItsPiecesAre() {
    publish("first", artifact(1, THREE_PIECES));
    byte[] second = artifact(2, THREE_PIECES);
    long at = publish("second", second);
    ReleaseManifest manifest = Releases.manifest("second", -1, 1, second);

    assertThat(ArtifactChunks.assemble(manifest, chunks.fetch(manifest, at))).isEqualTo(second);
    assertThat(ArtifactChunks.assemble(manifest, chunks.fetch(manifest, 0)))
        .as("of a mirrored log, where hints are wrong")
        .isEqualTo(second);
    assertThat(ArtifactChunks.assemble(manifest, chunks.fetch(manifest, at + 1_000)))
        .as("of a hint beyond the end")
        .isEqualTo(second);
  }

  @Test
  void piecesOfAnOpenTransactionAreMissingUntilItCommits() throws Exception {
    publish("first", artifact(1, 10));
    byte[] second = artifact(2, 10);
    ReleaseManifest manifest = Releases.manifest("second", -1, 1, second);
    producer.beginTransaction();
    long at = send("second/0", chunk("second", 0, 1, second)).get().offset();

    assertThat(chunks.fetch(manifest, at)).isEmpty();

    producer.commitTransaction();

    assertThat(chunks.fetch(manifest, at)).containsOnlyKeys(0);
  }

  private static byte[] artifact(long seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }

  /** Offset of the first piece. */
  private long publish(String release, byte[] artifact) {
    List<byte[]> pieces = ArtifactChunks.split(artifact);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    producer.beginTransaction();
    for (int i = 0; i < pieces.size(); i++) {
      sent.add(send(release + "/" + i, chunk(release, i, pieces.size(), pieces.get(i))));
    }
    producer.commitTransaction();
    try {
      return sent.get(0).get().offset();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("The broker runs in this process", e);
    }
  }

  private byte[] chunk(String release, int index, int count, byte[] payload) {
    return serde.encode(
        PolicyChunk.newBuilder()
            .setReleaseId(release)
            .setIndex(index)
            .setCount(count)
            .setPayload(ByteBuffer.wrap(payload))
            .build());
  }

  private Future<RecordMetadata> send(String key, byte[] value) {
    return producer.send(
        new ProducerRecord<>(
            Topics.POLICY_CHUNKS.name(), key.getBytes(StandardCharsets.UTF_8), value));
  }
}

package io.searchloop.trainer.publish;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.PolicySpec;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.release.Sha256;
import io.searchloop.policy.rewrite.BytePairTrainer;
import io.searchloop.policy.rewrite.Tokenizer;
import io.searchloop.policy.signing.SigningKey;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.PolicyChunk;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.trainer.checkpoint.AdamSettings;
import io.searchloop.trainer.checkpoint.CheckpointStore;
import io.searchloop.trainer.checkpoint.TrainingState;
import io.searchloop.trainer.export.GraphPrecision;
import io.searchloop.trainer.export.OnnxExporter;
import io.searchloop.trainer.export.ReducedGraph;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.network.PolicyNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What a trainer leaves behind, written by the code it stands beside: a checkpoint, and the records
 * of a release that travels whole and of one that travels as a delta, signed.
 *
 * <pre>
 *   checkpoint.hash  HASH.safetensors  fingerprint  trusted-keys
 *   chunk.avsc  release.avsc           the schemas, with ids 1 and 2
 *   chunk-N.bin  release-N.bin         values in Confluent wire format; N is the offset
 * </pre>
 */
final class GoldenReleases {
  static final NetworkConfig CONFIG = new NetworkConfig(300, 16, 1, 2, 2, 24, 32, 10_000, 1e-5);
  static final long STEP = 2;
  static final long LINEAGE = 5;
  static final long NEXT_MINIBATCH = 77;

  private static final Tokenizer TOKENIZER = BytePairTrainer.train(List.of("red sofa"), 266);
  private static final PolicySpec SPEC = new PolicySpec(PolicySpec.FORMAT, 300, 1, 2, 8, 16, 8);

  private final Path folder;
  private final MockSchemaRegistryClient registry =
      new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));
  private final MockProducer<String, byte[]> producer =
      new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
  private final ReleasePacker packer = new ReleasePacker(16, 2);
  private final PolicyPublisher publisher;

  private GoldenReleases(Path folder, SigningKey key) throws Exception {
    this.folder = Files.createDirectories(folder);
    registry.register(Topics.POLICY_CHUNKS.subject(), new AvroSchema(PolicyChunk.SCHEMA$));
    registry.register(Topics.POLICY_RELEASES.subject(), new AvroSchema(PolicyRelease.SCHEMA$));
    this.publisher =
        new PolicyPublisher(
            producer,
            new AvroSerde<>(Topics.POLICY_CHUNKS, registry, true),
            new AvroSerde<>(Topics.POLICY_RELEASES, registry, true),
            key,
            () -> new ConsumerGroupMetadata("trainer"));
    TrustedKeys.append(folder.resolve("trusted-keys"), key.trusted());
  }

  /** Writes everything to an empty folder. */
  static void write(Path folder) throws Exception {
    GoldenReleases golden = new GoldenReleases(folder, SigningKey.generate(new SecureRandom()));
    golden.text("chunk.avsc", PolicyChunk.SCHEMA$.toString());
    golden.text("release.avsc", PolicyRelease.SCHEMA$.toString());
    try (TrainingState state =
        new TrainingState(PolicyNetwork.initialise(CONFIG, 7), AdamSettings.defaults(), 9)) {
      golden.publisher.open();
      String hash = golden.checkpoint(state);
      golden.release(state.network(), "1", hash);
      golden.release(state.network(), "2", hash);
    }
    golden.records();
  }

  private String checkpoint(TrainingState state) throws IOException {
    for (long step = 0; step < STEP; step++) {
      state.advance();
    }
    String hash = state.save(new CheckpointStore(folder), LINEAGE, NEXT_MINIBATCH);
    text("checkpoint.hash", hash);
    text("fingerprint", TrainingState.fingerprint(state.network()));
    return hash;
  }

  private void release(PolicyNetwork network, String step, String checkpoint) {
    byte[] exact = OnnxExporter.export(network, Map.of("release.step", step));
    byte[] artifact =
        new PolicyArtifact(SPEC, TOKENIZER, ReducedGraph.of(exact, GraphPrecision.BF16)).toBytes();
    PackedRelease packed = packer.pack(artifact);
    PolicyProvenance provenance =
        new PolicyProvenance(
            "training", 0, 3, 3, Map.of(), Map.of("seed", "7"), Map.of("kl", .1), "golden", 1);
    ReleaseManifest keyframe =
        new ReleaseManifest(
            ReleaseManifest.FORMAT,
            "release-" + step,
            -1,
            LINEAGE,
            Long.parseLong(step),
            1,
            artifact.length,
            Sha256.of(artifact),
            checkpoint,
            provenance);
    ReleaseManifest manifest = packed.base().map(base -> keyframe.onBase(base, 1)).orElse(keyframe);
    long version = publisher.release(manifest, packed.carried(), OptionalLong.of(3));
    packer.released(version, Sha256.of(artifact), packed);
  }

  private void records() throws IOException {
    int chunks = 0;
    int releases = 0;
    for (ProducerRecord<String, byte[]> record : producer.history()) {
      String name =
          record.topic().equals(Topics.POLICY_CHUNKS.name())
              ? "chunk-" + chunks++
              : "release-" + releases++;
      Files.write(folder.resolve(name + ".bin"), record.value());
    }
  }

  private void text(String name, String content) throws IOException {
    Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }
}

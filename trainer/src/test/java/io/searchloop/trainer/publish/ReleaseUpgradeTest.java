package io.searchloop.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.ReleaseChain;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.signing.CarriedManifest;
import io.searchloop.policy.signing.ReleaseSignature;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PolicyChunk;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.Topics;
import io.searchloop.schemas.serde.AvroSerde;
import io.searchloop.trainer.checkpoint.AdamSettings;
import io.searchloop.trainer.checkpoint.Checkpoint;
import io.searchloop.trainer.checkpoint.CheckpointStore;
import io.searchloop.trainer.checkpoint.TrainingState;
import io.searchloop.trainer.network.LibTorch;
import io.searchloop.trainer.network.PolicyNetwork;
import io.searchloop.trainer.sampling.PolicyDecoder;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A trainer goes on from the checkpoint of older code, and its releases are still verified. */
class ReleaseUpgradeTest {
  /** Commits whose releases are kept; the first is of the evening of the second day. */
  private static final List<String> VERSIONS = List.of("e006697", "57ebe65");

  /** ONNX Runtime's graph optimiser overflows a smaller one. */
  private static final long DEEP_STACK = 16 << 20;

  private static final String FOLDER = System.getProperty("searchloop.golden", "");

  @TempDir private Path folder;

  @BeforeAll
  static void libTorch() {
    LibTorch.initialise(1);
  }

  static List<String> versions() {
    return VERSIONS;
  }

  @ParameterizedTest
  @MethodSource("versions")
  void goesOnFromTheCheckpointOf(String version) throws Exception {
    open(version);
    CheckpointStore store = new CheckpointStore(folder);
    String hash = Files.readString(folder.resolve("checkpoint.hash"));

    try (TrainingState state =
            new TrainingState(
                PolicyNetwork.initialise(GoldenReleases.CONFIG, 1), AdamSettings.defaults(), 1);
        PointerScope scope = new PointerScope()) {
      Checkpoint checkpoint = store.load(hash);
      state.restore(store, hash);

      assertThat(checkpoint.nextMinibatchOffset()).isEqualTo(GoldenReleases.NEXT_MINIBATCH);
      assertThat(checkpoint.lineage()).isEqualTo(GoldenReleases.LINEAGE);
      assertThat(state.step()).isEqualTo(GoldenReleases.STEP);
      assertThat(TrainingState.fingerprint(state.network())).isEqualTo(read("fingerprint"));
      state.advance();
      String next = state.save(store, GoldenReleases.LINEAGE, GoldenReleases.NEXT_MINIBATCH + 1);
      assertThat(store.load(next).step()).isEqualTo(GoldenReleases.STEP + 1);
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void verifiesAndRunsTheReleasesOf(String version) throws Exception {
    open(version);
    TrustedKeys keys = TrustedKeys.read(folder.resolve("trusted-keys"));
    List<ReleaseManifest> releases = new ArrayList<>();
    for (PolicyRelease release : values("release", Topics.POLICY_RELEASES)) {
      CarriedManifest carried =
          new CarriedManifest(
              releases.size(),
              Packed.bytes(release.getManifest()),
              new ReleaseSignature(release.getKeyId(), Packed.bytes(release.getSignature())),
              release.getFirstChunk());
      carried.verify(keys);
      releases.add(carried.manifest());
    }
    List<PolicyChunk> chunks = values("chunk", Topics.POLICY_CHUNKS);

    byte[] artifact = new byte[0];
    List<ReleaseManifest> chain =
        ReleaseChain.of(
            releases.get(1), offset -> Optional.of(releases.get(Math.toIntExact(offset))));
    for (ReleaseManifest manifest : chain) {
      byte[] piece = Packed.bytes(chunks.get(releases.indexOf(manifest)).getPayload());
      artifact = ArtifactChunks.assemble(manifest, Map.of(0, piece), artifact);
    }

    assertThat(chain).as("a keyframe and a delta upon it").hasSize(2);
    requireRuns(PolicyArtifact.read(artifact));
  }

  /** {@code -Dsearchloop.golden=FOLDER} writes a version; zip what it leaves there. */
  @Test
  void writesAVersion() throws Exception {
    assumeTrue(!FOLDER.isEmpty(), "no releases are to be written");
    GoldenReleases.write(Path.of(FOLDER));
  }

  private static void requireRuns(PolicyArtifact artifact) throws Exception {
    int[] prompt = artifact.format().prompt(QueryContext.of("red sofa"));
    FutureTask<Integer> answers =
        new FutureTask<>(
            () ->
                new PolicyDecoder(artifact, GoldenReleases.CONFIG)
                    .sample(List.of(prompt), 1, new SplittableRandom(3))
                    .size());
    new Thread(null, answers, "decode", DEEP_STACK).start();
    assertThat(answers.get()).isOne();
    assertThat(artifact.tokenizer().decode(artifact.tokenizer().encode("red sofa")))
        .contains("red sofa");
  }

  private <V extends org.apache.avro.specific.SpecificRecord> List<V> values(
      String name, io.searchloop.schemas.Topic<V> topic) throws Exception {
    MockSchemaRegistryClient registry =
        new MockSchemaRegistryClient(List.of(new AvroSchemaProvider()));
    registry.register("chunk", new AvroSchema(read("chunk.avsc")));
    registry.register("release", new AvroSchema(read("release.avsc")));
    AvroSerde<V> serde = new AvroSerde<>(topic, registry, false);
    List<V> values = new ArrayList<>();
    for (Path file = folder.resolve(name + "-0.bin");
        Files.exists(file);
        file = folder.resolve(name + "-" + values.size() + ".bin")) {
      values.add(serde.deserialize(Files.readAllBytes(file)));
    }
    return values;
  }

  private String read(String name) throws Exception {
    return Files.readString(folder.resolve(name));
  }

  private void open(String version) throws Exception {
    assumeFalse(!FOLDER.isEmpty(), "releases are written");
    String name = "/golden/" + version + "/releases.zip";
    try (InputStream packed = getClass().getResourceAsStream(name);
        ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(packed, name))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.copy(zip, folder.resolve(Path.of(entry.getName()).getFileName()));
      }
    }
  }
}

package io.searchloop.streams.activation;

import static io.searchloop.streams.testing.Releases.control;
import static io.searchloop.streams.testing.Releases.manifest;
import static io.searchloop.streams.testing.Releases.refused;
import static io.searchloop.streams.testing.Releases.released;
import static io.searchloop.streams.testing.Releases.signed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.PolicyDelta;
import io.searchloop.policy.release.ReleaseBase;
import io.searchloop.policy.release.ReleaseFault;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.release.Sha256;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.policy.signing.SigningKey;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.ReleaseStatus;
import io.searchloop.streams.inference.SelfTest;
import io.searchloop.streams.inference.SessionSettings;
import io.searchloop.streams.testing.TinyPolicy;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActivatorTest {
  private static final SigningKey KEY = SigningKey.generate(new SecureRandom());

  private Instant now = Instant.EPOCH;
  private final InstantSource clock = () -> now;
  private static final long WARM_START = 3;

  private final RecordingListener listener = new RecordingListener();
  private final PolicySlot active = new PolicySlot("active", clock, listener);
  private final PolicySlot candidate = new PolicySlot("candidate", clock, listener);
  private final PolicySlot reference = new PolicySlot("reference", clock, listener);
  private final Map<String, Map<Integer, byte[]>> chunks = new HashMap<>();
  private final List<String> fetched = new ArrayList<>();
  private final Activator activator = activator(TrustedKeys.UNSIGNED);

  @AfterEach
  void close() {
    active.close();
    candidate.close();
    reference.close();
  }

  @Test
  void servesThePromotedReleaseAndKeepsTheWarmStartAsReference() {
    warmStart();
    release(8, "one", -1, 1, TinyPolicy.artifact(1));
    activator.control(0, control(ControlAction.PROMOTE, 8, -1));
    activator.settle();

    assertThat(active.identity()).contains(new PolicyIdentity(8, "one", 1, -1));
    assertThat(reference.identity()).contains(new PolicyIdentity(WARM_START, "warm", 0, -1));
    assertThat(activator.status().head().activeVersion()).isEqualTo(8);
  }

  @Test
  void servesNothingBeforeAPromotion() {
    warmStart();
    activator.settle();

    assertThat(active.identity()).isEmpty();
    assertThat(reference.identity()).isPresent();
  }

  @Test
  void keepsTheOldVersionWhenBytesDifferFromTheManifest() {
    promoteWarmStart();
    PolicyArtifact good = TinyPolicy.artifact(1);
    release(8, "one", -1, 1, good);
    byte[] tampered = good.toBytes();
    tampered[tampered.length / 2] ^= 1;
    chunks.put("one", Map.of(0, tampered));
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();

    assertServesWarmStartAndRejects(ReleaseFault.HASH, "SHA-256");
  }

  @Test
  void keepsTheOldVersionWhenAChunkIsMissing() {
    promoteWarmStart();
    release(8, "one", -1, 1, TinyPolicy.artifact(1));
    chunks.remove("one");
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();

    assertServesWarmStartAndRejects(ReleaseFault.INCOMPLETE, "chunk 0 of 1 is missing");
  }

  @Test
  void keepsTheOldVersionWhenTheSelfTestFails() {
    promoteWarmStart();
    release(8, "one", -1, 1, TinyPolicy.withoutFiniteLogits());
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();

    assertServesWarmStartAndRejects(ReleaseFault.SELF_TEST, "self-test");
  }

  @Test
  void triesARejectedReleaseOnceForEachDecision() {
    promoteWarmStart();
    release(8, "one", -1, 1, TinyPolicy.artifact(1));
    Map<Integer, byte[]> kept = chunks.remove("one");
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();
    activator.settle();
    assertThat(listener.rejected).hasSize(1);

    chunks.put("one", kept);
    activator.control(2, control(ControlAction.PROMOTE, 8, 1));
    activator.settle();

    assertThat(active.identity()).map(PolicyIdentity::version).contains(8L);
  }

  @Test
  void neverActivatesARefusedRelease() {
    promoteWarmStart();
    activator.release(8, refused(manifest("one", -1, 1, TinyPolicy.artifact(1))));
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();

    assertThat(active.identity()).map(PolicyIdentity::version).contains(WARM_START);
    assertThat(activator.status().refused()).isEqualTo(1);
    assertThat(activator.status().voided())
        .singleElement()
        .satisfies(verdict -> assertThat(verdict.reason()).contains("no release at offset 8"));
  }

  @Test
  void rollbackServesTheNamedReleaseInTheLineageItBegins() {
    promoteWarmStart();
    release(8, "one", -1, 1, TinyPolicy.artifact(1));
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();
    activator.control(5, control(ControlAction.ROLLBACK, WARM_START, 1));
    activator.settle();

    assertThat(active.identity()).contains(new PolicyIdentity(WARM_START, "warm", 0, 5));
    assertThat(listener.retired).extracting(PolicyIdentity::version).containsExactly(3L, 8L);
  }

  @Test
  void rollbackToTheServingReleaseChangesItsLineage() {
    promoteWarmStart();
    activator.control(5, control(ControlAction.ROLLBACK, WARM_START, 0));
    activator.settle();

    assertThat(active.identity()).contains(new PolicyIdentity(WARM_START, "warm", 0, 5));
  }

  @Test
  void ignoresPromotionsOfAWithdrawnLineage() {
    promoteWarmStart();
    activator.control(5, control(ControlAction.ROLLBACK, WARM_START, 0));
    release(9, "late", -1, 2, TinyPolicy.artifact(2));
    activator.control(6, control(ControlAction.PROMOTE, 9, 5));
    activator.settle();

    assertThat(active.identity()).map(PolicyIdentity::version).contains(WARM_START);
    assertThat(activator.status().voided())
        .singleElement()
        .satisfies(verdict -> assertThat(verdict.reason()).contains("lineage -1"));
  }

  @Test
  void obeysADecisionThatIsReadBeforeItsRelease() {
    promoteWarmStart();
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();
    assertThat(active.identity()).map(PolicyIdentity::version).contains(WARM_START);

    release(8, "one", -1, 1, TinyPolicy.artifact(1));
    activator.settle();

    assertThat(active.identity()).map(PolicyIdentity::version).contains(8L);
  }

  @Test
  void triesAgainWhenChunksCannotBeReadNow() {
    boolean[] away = {true};
    PolicyArtifact artifact = TinyPolicy.artifact(1);
    Activator patient =
        activator(
            manifest -> {
              if (away[0]) {
                throw new TimeoutException("broker away");
              }
              return Map.of(0, artifact.toBytes());
            },
            TrustedKeys.UNSIGNED);
    patient.release(WARM_START, released(manifest("warm", -1, 0, artifact)));
    patient.control(0, control(ControlAction.PROMOTE, WARM_START, -1));

    assertThatThrownBy(patient::settle).isInstanceOf(TimeoutException.class);
    assertThat(listener.rejected).isEmpty();

    away[0] = false;
    patient.settle();
    assertThat(active.identity()).map(PolicyIdentity::version).contains(WARM_START);
  }

  @Test
  void keepsTheOldVersionWhenAReleaseIsCutOff() {
    promoteWarmStart();
    PolicyArtifact good = TinyPolicy.artifact(1);
    release(8, "one", -1, 1, good);
    chunks.put("one", Map.of(0, Arrays.copyOf(good.toBytes(), good.toBytes().length / 2)));
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();

    assertServesWarmStartAndRejects(ReleaseFault.INCOMPLETE, "chunks hold");
  }

  @Test
  void keepsTheOldVersionWhenTokenizerAndGraphDisagree() {
    promoteWarmStart();
    releaseBytes(8, "one", TinyPolicy.withATokenTooMany());
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();

    assertServesWarmStartAndRejects(ReleaseFault.VOCABULARY, "Tokenizer has");
  }

  @Test
  void keepsTheOldVersionWhenTheManifestIsOfANewerFormat() {
    promoteWarmStart();
    String newer =
        new String(manifest("one", -1, 1, TinyPolicy.artifact(1)).toJson(), UTF_8)
            .replace("\"format\":1", "\"format\":9");
    activator.release(
        8,
        PolicyRelease.newBuilder()
            .setReleaseId("one")
            .setStatus(ReleaseStatus.RELEASED)
            .setManifest(ByteBuffer.wrap(newer.getBytes(UTF_8)))
            .build());
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();

    assertServesWarmStartAndRejects(ReleaseFault.FORMAT, "Manifest format 9");
  }

  @Test
  void servesWhatATrustedKeySignedAndNothingElse() {
    try (PolicySlot slot = new PolicySlot("active", clock, listener)) {
      Activator strict =
          new Activator(
              loader(this::stored, TrustedKeys.of(KEY.trusted())),
              slot,
              candidate,
              reference,
              listener,
              clock);
      PolicyArtifact artifact = TinyPolicy.artifact(0);
      store("warm", artifact.toBytes());
      strict.release(3, signed(released(manifest("warm", -1, 0, artifact)), KEY));
      strict.release(4, released(manifest("unsigned", -1, 1, artifact)));
      SigningKey thief = SigningKey.generate(new SecureRandom());
      strict.release(5, signed(released(manifest("stolen", -1, 2, artifact)), thief));
      PolicyRelease changed = signed(released(manifest("mine", -1, 3, artifact)), KEY);
      changed.getManifest().put(changed.getManifest().limit() - 3, (byte) '7');
      strict.release(6, changed);
      for (int version = 3; version <= 6; version++) {
        strict.control(
            version, control(ControlAction.PROMOTE, version, version == 3 ? -1 : version - 1));
        strict.settle();
      }

      assertThat(slot.identity()).map(PolicyIdentity::version).contains(3L);
      assertThat(strict.status().rejected())
          .extracting(PolicyState.Rejected::fault)
          .containsExactly(
              ReleaseFault.UNSIGNED, ReleaseFault.UNTRUSTED_KEY, ReleaseFault.SIGNATURE);
    }
  }

  @Test
  void aLateJoinerBeginsAtTheKeyframeAndAppliesTheDeltas() {
    Deltas deltas = new Deltas();
    deltas.chain();
    activator.control(0, control(ControlAction.PROMOTE, 5, -1));
    activator.settle();

    assertThat(active.identity()).map(PolicyIdentity::version).contains(5L);
    assertThat(fetched).containsExactly("keyframe", "first", "second", "keyframe");
  }

  @Test
  void aWorkerThatFollowsFetchesOneDeltaForEachRelease() {
    Deltas deltas = new Deltas();
    deltas.chain();
    for (int version = 3; version <= 5; version++) {
      activator.control(
          version, control(ControlAction.PROMOTE, version, version == 3 ? -1 : version - 1));
      activator.settle();
    }

    assertThat(active.identity()).map(PolicyIdentity::version).contains(5L);
    assertThat(fetched).filteredOn(id -> !id.equals("keyframe")).containsExactly("first", "second");
  }

  @Test
  void keepsTheOldVersionWhileABaseIsMissingAndRecoversByItself() {
    Deltas deltas = new Deltas();
    deltas.release(3, "keyframe", 0);
    activator.control(0, control(ControlAction.PROMOTE, 3, -1));
    activator.settle();
    deltas.release(5, "second", 2);
    activator.control(1, control(ControlAction.PROMOTE, 5, 0));
    activator.settle();

    assertThat(active.identity()).map(PolicyIdentity::version).contains(3L);
    assertThat(listener.rejected)
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.fault()).isEqualTo(ReleaseFault.BASE);
              assertThat(rejected.reason()).contains("builds upon version 4");
            });

    deltas.release(4, "first", 1);
    activator.settle();
    assertThat(active.identity()).map(PolicyIdentity::version).contains(3L);

    now = now.plusSeconds(2);
    assertThat(activator.retryDue()).isTrue();
    activator.settle();

    assertThat(active.identity()).map(PolicyIdentity::version).contains(5L);
    assertThat(activator.status().rejected()).isEmpty();
    assertThat(activator.retryDue()).isFalse();
  }

  @Test
  void aReleaseWhoseChunksComeLaterIsServedWithoutANewDecision() {
    promoteWarmStart();
    release(8, "one", -1, 1, TinyPolicy.artifact(1));
    Map<Integer, byte[]> late = chunks.remove("one");
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();
    chunks.put("one", late);
    assertThat(activator.retryDue()).isFalse();

    now = now.plusSeconds(2);
    assertThat(activator.retryDue()).isTrue();
    activator.settle();

    assertThat(active.identity()).map(PolicyIdentity::version).contains(8L);
  }

  /** A keyframe at 3 and deltas at 4 and 5; they differ in the bytes of their tokenizers alone. */
  private final class Deltas {
    private final List<byte[]> artifacts =
        List.of(
            TinyPolicy.artifact(0).toBytes(),
            TinyPolicy.artifact(1).toBytes(),
            TinyPolicy.artifact(2).toBytes());

    void chain() {
      release(3, "keyframe", 0);
      release(4, "first", 1);
      release(5, "second", 2);
    }

    void release(long version, String id, int depth) {
      byte[] artifact = artifacts.get(depth);
      ReleaseManifest manifest = manifest(id, -1, depth, artifact);
      byte[] carried = artifact;
      if (depth > 0) {
        byte[] base = artifacts.get(depth - 1);
        carried = PolicyDelta.encode(base, List.of(), artifact, List.of());
        manifest =
            manifest.onBase(
                new ReleaseBase(version - 1, Sha256.of(base), depth, carried.length), 1);
      }
      store(id, carried);
      activator.release(version, released(manifest));
    }
  }

  private Map<Integer, byte[]> stored(ReleaseManifest manifest) {
    fetched.add(manifest.releaseId());
    return chunks.getOrDefault(manifest.releaseId(), Map.of());
  }

  private Activator activator(TrustedKeys trusted) {
    return activator(this::stored, trusted);
  }

  private Activator activator(ChunkSource source, TrustedKeys trusted) {
    return new Activator(loader(source, trusted), active, candidate, reference, listener, clock);
  }

  private PolicyLoader loader(ChunkSource source, TrustedKeys trusted) {
    return new PolicyLoader(
        new ReleaseReader(source, trusted, clock),
        new SelfTest(new SamplerSettings(2, 1)),
        SessionSettings.cpu(1),
        clock,
        listener);
  }

  private void assertServesWarmStartAndRejects(ReleaseFault fault, String reason) {
    assertThat(active.identity()).map(PolicyIdentity::version).contains(WARM_START);
    assertThat(active.acquire()).hasValueSatisfying(PolicyLease::close);
    assertThat(listener.rejected)
        .singleElement()
        .satisfies(
            rejected -> {
              assertThat(rejected.fault()).isEqualTo(fault);
              assertThat(rejected.reason()).contains(reason);
            });
    assertThat(activator.status().rejected()).isEqualTo(listener.rejected);
  }

  private void warmStart() {
    release(WARM_START, "warm", -1, 0, TinyPolicy.artifact(0));
  }

  private void promoteWarmStart() {
    warmStart();
    activator.control(0, control(ControlAction.PROMOTE, WARM_START, -1));
    activator.settle();
  }

  private void release(
      long offset, String releaseId, long lineage, long step, PolicyArtifact artifact) {
    store(releaseId, artifact.toBytes());
    activator.release(offset, released(manifest(releaseId, lineage, step, artifact)));
  }

  private void releaseBytes(long offset, String releaseId, byte[] artifact) {
    store(releaseId, artifact);
    activator.release(offset, released(manifest(releaseId, -1, 1, artifact)));
  }

  private void store(String releaseId, byte[] carried) {
    List<byte[]> pieces = ArtifactChunks.split(carried);
    Map<Integer, byte[]> byIndex = new HashMap<>();
    for (int i = 0; i < pieces.size(); i++) {
      byIndex.put(i, pieces.get(i));
    }
    chunks.put(releaseId, byIndex);
  }
}

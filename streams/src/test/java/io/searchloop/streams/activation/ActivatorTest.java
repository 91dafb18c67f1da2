package io.searchloop.streams.activation;

import static io.searchloop.streams.testing.Releases.control;
import static io.searchloop.streams.testing.Releases.manifest;
import static io.searchloop.streams.testing.Releases.refused;
import static io.searchloop.streams.testing.Releases.released;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.schemas.ControlAction;
import io.searchloop.streams.inference.SelfTest;
import io.searchloop.streams.inference.SessionSettings;
import io.searchloop.streams.testing.TinyPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActivatorTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final long WARM_START = 3;

  private final RecordingListener listener = new RecordingListener();
  private final PolicySlot active = new PolicySlot("active", CLOCK, listener);
  private final PolicySlot candidate = new PolicySlot("candidate", CLOCK, listener);
  private final PolicySlot reference = new PolicySlot("reference", CLOCK, listener);
  private final Map<String, Map<Integer, byte[]>> chunks = new HashMap<>();
  private final Activator activator =
      new Activator(
          new PolicyLoader(
              manifest -> chunks.getOrDefault(manifest.releaseId(), Map.of()),
              new SelfTest(new SamplerSettings(2, 1)),
              SessionSettings.cpu(1)),
          active,
          candidate,
          reference,
          listener);

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

    assertServesWarmStartAndRejects("SHA-256");
  }

  @Test
  void keepsTheOldVersionWhenAChunkIsMissing() {
    promoteWarmStart();
    release(8, "one", -1, 1, TinyPolicy.artifact(1));
    chunks.remove("one");
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();

    assertServesWarmStartAndRejects("chunk 0 of 1 is missing");
  }

  @Test
  void keepsTheOldVersionWhenTheSelfTestFails() {
    promoteWarmStart();
    release(8, "one", -1, 1, TinyPolicy.withoutFiniteLogits());
    activator.control(1, control(ControlAction.PROMOTE, 8, 0));
    activator.settle();

    assertServesWarmStartAndRejects("self-test");
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
        new Activator(
            new PolicyLoader(
                manifest -> {
                  if (away[0]) {
                    throw new TimeoutException("broker away");
                  }
                  return Map.of(0, artifact.toBytes());
                },
                new SelfTest(new SamplerSettings(2, 1)),
                SessionSettings.cpu(1)),
            active,
            candidate,
            reference,
            listener);
    patient.release(WARM_START, released(manifest("warm", -1, 0, artifact)));
    patient.control(0, control(ControlAction.PROMOTE, WARM_START, -1));

    assertThatThrownBy(patient::settle).isInstanceOf(TimeoutException.class);
    assertThat(listener.rejected).isEmpty();

    away[0] = false;
    patient.settle();
    assertThat(active.identity()).map(PolicyIdentity::version).contains(WARM_START);
  }

  private void assertServesWarmStartAndRejects(String reason) {
    assertThat(active.identity()).map(PolicyIdentity::version).contains(WARM_START);
    assertThat(active.acquire()).hasValueSatisfying(PolicyLease::close);
    assertThat(listener.rejected)
        .singleElement()
        .satisfies(rejected -> assertThat(rejected.reason()).contains(reason));
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
    ReleaseManifest manifest = manifest(releaseId, lineage, step, artifact);
    List<byte[]> pieces = ArtifactChunks.split(artifact.toBytes());
    Map<Integer, byte[]> byIndex = new HashMap<>();
    for (int i = 0; i < pieces.size(); i++) {
      byIndex.put(i, pieces.get(i));
    }
    chunks.put(releaseId, byIndex);
    activator.release(offset, released(manifest));
  }
}

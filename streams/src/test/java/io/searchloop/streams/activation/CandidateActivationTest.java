package io.searchloop.streams.activation;

import static io.searchloop.streams.testing.Releases.canary;
import static io.searchloop.streams.testing.Releases.control;
import static io.searchloop.streams.testing.Releases.manifest;
import static io.searchloop.streams.testing.Releases.released;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.policy.control.Candidate;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.policy.signing.TrustedKeys;
import io.searchloop.schemas.ControlAction;
import io.searchloop.streams.inference.SelfTest;
import io.searchloop.streams.inference.SessionSettings;
import io.searchloop.streams.testing.TinyPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CandidateActivationTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final long ACTIVE = 3;
  private static final long TRIED = 8;

  private final RecordingListener listener = new RecordingListener();
  private final PolicySlot active = new PolicySlot("active", CLOCK, listener);
  private final PolicySlot candidate = new PolicySlot("candidate", CLOCK, listener);
  private final PolicySlot reference = new PolicySlot("reference", CLOCK, listener);
  private final Map<String, byte[]> artifacts = new HashMap<>();
  private int loads;
  private final Activator activator =
      new Activator(
          new PolicyLoader(
              new ReleaseReader(this::chunks, TrustedKeys.UNSIGNED, CLOCK),
              new SelfTest(new SamplerSettings(2, 1)),
              SessionSettings.cpu(1),
              CLOCK,
              listener),
          active,
          candidate,
          reference,
          listener,
          CLOCK);

  @BeforeEach
  void promoteTheFirst() {
    release(ACTIVE, "warm", -1, 0, TinyPolicy.artifact(0));
    release(TRIED, "tried", -1, 1, TinyPolicy.artifact(1));
    activator.control(0, control(ControlAction.PROMOTE, ACTIVE, -1));
    activator.settle();
  }

  @AfterEach
  void close() {
    active.close();
    candidate.close();
    reference.close();
  }

  @Test
  void loadsTheCandidateBesideTheActiveRelease() {
    activator.control(1, control(ControlAction.CANDIDATE, TRIED, 0));
    activator.settle();
    assertThat(candidate.identity()).isEmpty(); // a name needs no memory

    activator.control(2, canary(TRIED, 10, 1));
    activator.settle();

    assertThat(active.identity()).map(PolicyIdentity::version).contains(ACTIVE);
    assertThat(candidate.identity()).contains(new PolicyIdentity(TRIED, "tried", 1, -1));
    assertThat(activator.status().head().candidate())
        .isEqualTo(new Candidate(TRIED, Candidate.Stage.CANARY, 10));
  }

  @Test
  void movesAPromotedCandidateWithoutLoadingIt() {
    activator.control(1, canary(TRIED, 50, 0));
    activator.settle();
    int before = loads;
    try (PolicyLease begun = candidate.acquire().orElseThrow()) {
      activator.control(2, control(ControlAction.PROMOTE, TRIED, 1));
      activator.settle();

      assertThat(loads).isEqualTo(before);
      assertThat(active.identity()).map(PolicyIdentity::version).contains(TRIED);
      assertThat(candidate.identity()).isEmpty();
      assertThat(listener.retired).extracting(PolicyIdentity::version).containsExactly(ACTIVE);
      assertThat(begun.identity().version()).isEqualTo(TRIED);
      assertThat(active.leases()).isEqualTo(1);
    }
    active.close();
    assertThat(listener.retired).extracting(PolicyIdentity::version).contains(TRIED);
  }

  @Test
  void dropsTheCandidateWithARollback() {
    activator.control(1, canary(TRIED, 50, 0));
    activator.settle();
    activator.control(2, control(ControlAction.ROLLBACK, ACTIVE, 1));
    activator.settle();

    assertThat(candidate.identity()).isEmpty();
    assertThat(active.identity()).contains(new PolicyIdentity(ACTIVE, "warm", 0, 2));
    assertThat(listener.retired).extracting(PolicyIdentity::version).contains(TRIED);
  }

  @Test
  void keepsServingWhenTheCandidateCannotBeLoaded() {
    artifacts.put("tried", new byte[] {1, 2, 3});
    activator.control(1, canary(TRIED, 50, 0));
    activator.settle();

    assertThat(candidate.identity()).isEmpty();
    assertThat(active.identity()).map(PolicyIdentity::version).contains(ACTIVE);
    assertThat(listener.rejected).hasSize(1);
  }

  @Test
  void tryingAgainstAnotherReleaseLoadsTheCandidateAnew() {
    release(9, "other", -1, 2, TinyPolicy.artifact(2));
    release(12, "newer", -1, 3, TinyPolicy.artifact(3));
    activator.control(1, canary(12, 50, 0));
    activator.control(2, control(ControlAction.PROMOTE, 9, 1));
    activator.settle();

    assertThat(active.identity()).map(PolicyIdentity::version).contains(9L);
    assertThat(candidate.identity()).isEmpty(); // named again, not yet sampled
  }

  private Map<Integer, byte[]> chunks(ReleaseManifest manifest) {
    loads++;
    return Map.of(0, artifacts.getOrDefault(manifest.releaseId(), new byte[0]));
  }

  private void release(
      long offset, String releaseId, long lineage, long step, PolicyArtifact artifact) {
    artifacts.put(releaseId, artifact.toBytes());
    activator.release(offset, released(manifest(releaseId, lineage, step, artifact)));
  }
}

package io.searchloop.streams.activation;

import static io.searchloop.streams.testing.Releases.control;
import static io.searchloop.streams.testing.Releases.manifest;
import static io.searchloop.streams.testing.Releases.released;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.policy.release.PolicyDelta;
import io.searchloop.policy.release.ReleaseBase;
import io.searchloop.policy.release.ReleaseFault;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.release.Sha256;
import io.searchloop.schemas.ControlAction;
import io.searchloop.streams.testing.TinyPolicy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Releases that say only what changed since another one. */
class DeltaActivationTest {
  private final TestedActivator worker = new TestedActivator();
  private final Activator activator = worker.activator;
  private final PolicySlot active = worker.active;
  private final RecordingListener listener = worker.listener;

  @AfterEach
  void close() {
    worker.close();
  }

  @Test
  void aLateJoinerBeginsAtTheKeyframeAndAppliesTheDeltas() {
    Deltas deltas = new Deltas();
    deltas.chain();
    activator.control(0, control(ControlAction.PROMOTE, 5, -1));
    activator.settle();

    assertThat(active.identity()).map(PolicyIdentity::version).contains(5L);
    assertThat(worker.fetched).containsExactly("keyframe", "first", "second", "keyframe");
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
    assertThat(worker.fetched)
        .filteredOn(id -> !id.equals("keyframe"))
        .containsExactly("first", "second");
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

    worker.now = worker.now.plusSeconds(2);
    assertThat(activator.retryDue()).isTrue();
    activator.settle();

    assertThat(active.identity()).map(PolicyIdentity::version).contains(5L);
    assertThat(activator.status().rejected()).isEmpty();
    assertThat(activator.retryDue()).isFalse();
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
      worker.store(id, carried);
      activator.release(version, released(manifest));
    }
  }
}

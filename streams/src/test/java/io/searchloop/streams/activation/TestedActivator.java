package io.searchloop.streams.activation;

import static io.searchloop.streams.testing.Releases.control;
import static io.searchloop.streams.testing.Releases.manifest;
import static io.searchloop.streams.testing.Releases.released;

import io.searchloop.policy.release.ArtifactChunks;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An activator before its slots, with a clock to turn and the releases that lie before it. */
final class TestedActivator implements AutoCloseable {
  static final long WARM_START = 3;

  Instant now = Instant.EPOCH;
  final InstantSource clock = () -> now;
  final RecordingListener listener = new RecordingListener();
  final PolicySlot active = new PolicySlot("active", clock, listener);
  final PolicySlot candidate = new PolicySlot("candidate", clock, listener);
  final PolicySlot reference = new PolicySlot("reference", clock, listener);

  /** What is stored of each release; to be damaged. */
  final Map<String, Map<Integer, byte[]>> chunks = new HashMap<>();

  /** The releases whose chunks were asked for. */
  final List<String> fetched = new ArrayList<>();

  final Activator activator = activator(this::stored, TrustedKeys.UNSIGNED);

  void warmStart() {
    release(WARM_START, "warm", -1, 0, TinyPolicy.artifact(0));
  }

  void promoteWarmStart() {
    warmStart();
    activator.control(0, control(ControlAction.PROMOTE, WARM_START, -1));
    activator.settle();
  }

  void release(long offset, String releaseId, long lineage, long step, PolicyArtifact artifact) {
    store(releaseId, artifact.toBytes());
    activator.release(offset, released(manifest(releaseId, lineage, step, artifact)));
  }

  void releaseBytes(long offset, String releaseId, byte[] artifact) {
    store(releaseId, artifact);
    activator.release(offset, released(manifest(releaseId, -1, 1, artifact)));
  }

  void store(String releaseId, byte[] carried) {
    List<byte[]> pieces = ArtifactChunks.split(carried);
    Map<Integer, byte[]> byIndex = new HashMap<>();
    for (int i = 0; i < pieces.size(); i++) {
      byIndex.put(i, pieces.get(i));
    }
    chunks.put(releaseId, byIndex);
  }

  Map<Integer, byte[]> stored(ReleaseManifest manifest) {
    fetched.add(manifest.releaseId());
    return chunks.getOrDefault(manifest.releaseId(), Map.of());
  }

  Activator activator(ChunkSource source, TrustedKeys trusted) {
    return new Activator(loader(source, trusted), active, candidate, reference, listener, clock);
  }

  PolicyLoader loader(ChunkSource source, TrustedKeys trusted) {
    return new PolicyLoader(
        new ReleaseReader(source, trusted, clock),
        new SelfTest(new SamplerSettings(2, 1)),
        SessionSettings.cpu(1),
        clock,
        listener);
  }

  @Override
  public void close() {
    active.close();
    candidate.close();
    reference.close();
  }
}

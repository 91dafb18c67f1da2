package io.searchloop.streams.activation;

import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.streams.inference.OnnxPolicy;
import io.searchloop.streams.inference.SelfTest;
import io.searchloop.streams.inference.SessionSettings;

/** Fetches, verifies, loads, tests and warms a release: all that must hold before it serves. */
public final class PolicyLoader {
  private final ChunkSource chunks;
  private final SelfTest selfTest;
  private final SessionSettings sessions;

  /**
   * @param sessions how sessions are opened
   */
  public PolicyLoader(ChunkSource chunks, SelfTest selfTest, SessionSettings sessions) {
    this.chunks = chunks;
    this.selfTest = selfTest;
    this.sessions = sessions;
  }

  /**
   * Loads a release.
   *
   * @throws InvalidReleaseException when it must not be served
   */
  LoadedPolicy load(PolicyIdentity identity, ReleaseManifest manifest) {
    byte[] artifact = ArtifactChunks.assemble(manifest, chunks.fetch(manifest));
    OnnxPolicy policy = open(identity.version(), artifact);
    try {
      selfTest.check(policy);
      return new LoadedPolicy(identity, policy);
    } catch (RuntimeException e) {
      policy.close();
      throw e;
    }
  }

  private OnnxPolicy open(long version, byte[] artifact) {
    try {
      return OnnxPolicy.open(version, PolicyArtifact.read(artifact), sessions);
    } catch (IllegalArgumentException e) {
      throw new InvalidReleaseException(
          "Policy %d rejected: %s Re-export it, or activate an earlier version."
              .formatted(version, e.getMessage()),
          e);
    }
  }
}

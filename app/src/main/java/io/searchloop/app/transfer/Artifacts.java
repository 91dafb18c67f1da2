package io.searchloop.app.transfer;

import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.ReleaseChain;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.trainer.publish.ReleasedArtifacts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** Whole artifacts of a log, with every delta applied. */
final class Artifacts {
  private final ReleasedArtifacts chunks;

  Artifacts(ReleasedArtifacts chunks) {
    this.chunks = chunks;
  }

  /**
   * The artifact of a release.
   *
   * @param releases manifest of a released version
   * @throws InvalidReleaseException when its pieces, or those of a base, are not all there
   */
  byte[] of(ReleaseManifest wanted, LongFunction<Optional<ReleaseManifest>> releases) {
    List<ReleaseManifest> chain = ReleaseChain.of(wanted, releases);
    Map<String, Map<Integer, byte[]>> pieces = chunks.read(chain);
    byte[] artifact = new byte[0];
    for (ReleaseManifest link : chain) {
      artifact =
          ArtifactChunks.assemble(link, pieces.getOrDefault(link.releaseId(), Map.of()), artifact);
    }
    return artifact;
  }
}

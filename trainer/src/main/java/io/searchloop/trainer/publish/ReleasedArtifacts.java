package io.searchloop.trainer.publish;

import io.searchloop.policy.release.ReleaseManifest;

/** Reads back what was released, for a trainer that lost its checkpoint. */
public interface ReleasedArtifacts {
  /**
   * The artifact of a release, verified.
   *
   * @throws io.searchloop.policy.release.InvalidReleaseException when a piece of it is missing or
   *     changed
   */
  byte[] read(ReleaseManifest manifest);
}

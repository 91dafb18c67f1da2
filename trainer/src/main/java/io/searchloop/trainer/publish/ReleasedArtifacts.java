package io.searchloop.trainer.publish;

import io.searchloop.policy.release.ReleaseManifest;
import java.util.Collection;
import java.util.Map;

/** Reads back what was released, for a trainer that lost its checkpoint. */
public interface ReleasedArtifacts {
  /**
   * The pieces of releases, as far as they can be found.
   *
   * @return pieces by index, by release id
   */
  Map<String, Map<Integer, byte[]>> read(Collection<ReleaseManifest> releases);
}

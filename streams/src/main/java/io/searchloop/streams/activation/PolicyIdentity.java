package io.searchloop.streams.activation;

import io.searchloop.policy.release.ReleaseManifest;

/**
 * What a decision says of the session that scored it.
 *
 * @param version offset of the release record
 * @param releaseId logical id, stable across clusters
 * @param step trainer step; 0 is the warm start
 * @param lineage lineage the worker was in when it activated the release: after a rollback the
 *     rollback's offset, whatever lineage the release was trained in
 */
public record PolicyIdentity(long version, String releaseId, long step, long lineage) {

  static PolicyIdentity of(long version, ReleaseManifest manifest, long lineage) {
    return new PolicyIdentity(version, manifest.releaseId(), manifest.step(), lineage);
  }
}

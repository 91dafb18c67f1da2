package io.searchloop.app.bench.training;

import io.searchloop.app.log.PolicyHistory.Release;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseManifest;
import java.util.Map;

/**
 * A release or refusal without what two runs may differ in: offsets (aborted transactions take
 * some), times, and machine-made figures. The checkpoint's hash covers weights, optimiser,
 * randomness, lineage and position, so equal marks are equal trainers to the last bit.
 *
 * @param released false for a refusal
 * @param reason setting that refused it; empty for a release
 * @param step trainer step
 * @param fromMinibatch first minibatch it accounts for
 * @param toMinibatch first one it does not
 * @param trained minibatches of them that are in its weights
 * @param refused the others, by reason
 * @param artifact SHA-256 of what workers get; empty for a refusal
 * @param checkpoint SHA-256 of what the trainer goes on from
 */
record ReleaseMark(
    boolean released,
    String reason,
    long step,
    long fromMinibatch,
    long toMinibatch,
    long trained,
    Map<String, Long> refused,
    String artifact,
    String checkpoint) {
  static ReleaseMark of(Release release) {
    ReleaseManifest manifest = release.manifest();
    PolicyProvenance provenance = manifest.provenance();
    return new ReleaseMark(
        release.released(),
        release.reason(),
        manifest.step(),
        provenance.fromMinibatch(),
        provenance.toMinibatch(),
        provenance.trainedMinibatches(),
        provenance.refusedMinibatches(),
        manifest.sha256(),
        manifest.checkpoint());
  }
}

package io.searchloop.streams.testing;

import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.release.Sha256;
import io.searchloop.policy.signing.ReleaseSignature;
import io.searchloop.policy.signing.SigningKey;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.ReleaseStatus;
import java.nio.ByteBuffer;
import java.util.Map;

/** Release and control records of tests. */
public final class Releases {
  private Releases() {}

  /** Manifest of an artifact. */
  public static ReleaseManifest manifest(
      String releaseId, long lineage, long step, byte[] artifact) {
    return new ReleaseManifest(
        ReleaseManifest.FORMAT,
        releaseId,
        -1,
        lineage,
        step,
        ArtifactChunks.split(artifact).size(),
        artifact.length,
        Sha256.of(artifact),
        "",
        new PolicyProvenance("training", 0, 0, 0, Map.of(), Map.of(), Map.of(), "test", 0));
  }

  /** Manifest of a policy. */
  public static ReleaseManifest manifest(
      String releaseId, long lineage, long step, PolicyArtifact artifact) {
    return manifest(releaseId, lineage, step, artifact.toBytes());
  }

  /** Record of a release that passed its gate. */
  public static PolicyRelease released(ReleaseManifest manifest) {
    return PolicyRelease.newBuilder()
        .setReleaseId(manifest.releaseId())
        .setStatus(ReleaseStatus.RELEASED)
        .setManifest(ByteBuffer.wrap(manifest.toJson()))
        .build();
  }

  /** The record with a signature over its manifest. */
  public static PolicyRelease signed(PolicyRelease release, SigningKey key) {
    ReleaseSignature signature = key.sign(Packed.bytes(release.getManifest()));
    return PolicyRelease.newBuilder(release)
        .setSignature(ByteBuffer.wrap(signature.bytes()))
        .setKeyId(signature.keyId())
        .build();
  }

  /** Record of a release that did not. */
  public static PolicyRelease refused(ReleaseManifest manifest) {
    return PolicyRelease.newBuilder(released(manifest))
        .setStatus(ReleaseStatus.REFUSED)
        .setReason("validity .2, expected .99")
        .build();
  }

  /** A decision to serve a release to a share of visitors. */
  public static PolicyControl canary(long version, int percent, long expectedHead) {
    return PolicyControl.newBuilder(control(ControlAction.CANARY, version, expectedHead))
        .setPercent(percent)
        .build();
  }

  /** A decision about a release. */
  public static PolicyControl control(ControlAction action, long version, long expectedHead) {
    return PolicyControl.newBuilder()
        .setDecisionId(action + "-" + version + "-" + expectedHead)
        .setAction(action)
        .setPolicyVersion(version)
        .setExpectedHead(expectedHead)
        .build();
  }
}

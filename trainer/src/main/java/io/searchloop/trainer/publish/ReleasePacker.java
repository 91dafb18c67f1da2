package io.searchloop.trainer.publish;

import io.searchloop.policy.release.PolicyDelta;
import io.searchloop.policy.release.ReleaseBase;
import io.searchloop.policy.release.WeightSpan;
import io.searchloop.trainer.export.WeightSpans;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides how a release travels: as a delta upon the one before, or whole. Whole are the first
 * release of a process and of a lineage, every so many, weights that are not bfloat16, and whatever
 * would save too little. Keeps the artifact of the last release. Thread owner: the trainer thread.
 */
public final class ReleasePacker {
  /** Below this share of bfloat16 weights a delta would mostly carry other bytes. */
  private static final double MOST = .5;

  private final int keyframeEvery;
  private final double maxShare;
  private @Nullable Base last;

  /** The release before. */
  private record Base(
      long version, String sha256, int depth, byte[] artifact, List<WeightSpan> spans) {}

  /**
   * @param keyframeEvery releases from one keyframe to the next; 1 for no deltas
   * @param maxShare largest delta as a share of the artifact
   */
  public ReleasePacker(int keyframeEvery, double maxShare) {
    this.keyframeEvery = keyframeEvery;
    this.maxShare = maxShare;
  }

  /** Packs an artifact; it stays the caller's, who does not change it. */
  public PackedRelease pack(byte[] artifact) {
    List<WeightSpan> spans = keyframeEvery > 1 ? WeightSpans.of(artifact) : List.of();
    Base base = last;
    if (base == null || base.depth() + 1 >= keyframeEvery || !alike(base, artifact, spans)) {
      return PackedRelease.keyframe(artifact, spans);
    }
    byte[] delta = PolicyDelta.encode(base.artifact(), base.spans(), artifact, spans);
    if (delta.length > maxShare * artifact.length) {
      return PackedRelease.keyframe(artifact, spans);
    }
    ReleaseBase onto =
        new ReleaseBase(base.version(), base.sha256(), base.depth() + 1, delta.length);
    return new PackedRelease(artifact, spans, delta, Optional.of(onto), base.artifact());
  }

  /** Notes that an artifact was published, so that the next may build upon it. */
  public void released(long version, String sha256, PackedRelease packed) {
    int depth = packed.base().map(ReleaseBase::depth).orElse(0);
    last =
        packed.spans().isEmpty()
            ? null
            : new Base(version, sha256, depth, packed.artifact(), packed.spans());
  }

  /** Lets the last release go; the next is a keyframe. */
  public void forget() {
    last = null;
  }

  private static boolean alike(Base base, byte[] artifact, List<WeightSpan> spans) {
    return WeightSpan.count(spans) * (double) Float.BYTES > MOST * artifact.length
        && spans.stream()
            .map(WeightSpan::count)
            .toList()
            .equals(base.spans().stream().map(WeightSpan::count).toList());
  }
}

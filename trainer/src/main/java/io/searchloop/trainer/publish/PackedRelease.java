package io.searchloop.trainer.publish;

import io.searchloop.policy.release.ReleaseBase;
import io.searchloop.policy.release.WeightSpan;
import java.util.List;
import java.util.Optional;

/**
 * An artifact as it travels. Arrays are the record's own: nobody changes them.
 *
 * @param artifact what workers end up with
 * @param spans where its bfloat16 weights lie
 * @param carried what is cut into pieces: the artifact, or a delta
 * @param base what the delta builds upon; empty for a keyframe
 * @param baseArtifact bytes of the base; empty for a keyframe
 */
public record PackedRelease(
    byte[] artifact,
    List<WeightSpan> spans,
    byte[] carried,
    Optional<ReleaseBase> base,
    byte[] baseArtifact) {

  static PackedRelease keyframe(byte[] artifact, List<WeightSpan> spans) {
    return new PackedRelease(artifact, spans, artifact, Optional.empty(), new byte[0]);
  }
}

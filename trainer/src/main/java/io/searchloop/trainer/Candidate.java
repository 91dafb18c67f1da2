package io.searchloop.trainer;

import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.release.Sha256;
import io.searchloop.trainer.publish.PackedRelease;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A release that has not been judged. Arrays are the record's own: nobody changes them.
 *
 * @param manifest what it would say of itself, without gate figures
 * @param packed how it would be published
 */
record Candidate(ReleaseManifest manifest, PackedRelease packed) {
  private static final String NO_ARTIFACT = "";

  /** A candidate for release. */
  static Candidate of(
      TrainingLine line,
      long step,
      String checkpoint,
      PackedRelease packed,
      PolicyProvenance provenance) {
    byte[] artifact = packed.artifact();
    String hash = Sha256.of(artifact);
    ReleaseManifest keyframe =
        new ReleaseManifest(
            ReleaseManifest.FORMAT,
            releaseId(line, step, provenance.toMinibatch(), hash),
            line.parentVersion(),
            line.lineage(),
            step,
            ArtifactChunks.split(artifact).size(),
            artifact.length,
            hash,
            checkpoint,
            provenance);
    int pieces = ArtifactChunks.split(packed.carried()).size();
    return new Candidate(
        packed.base().map(base -> keyframe.onBase(base, pieces)).orElse(keyframe), packed);
  }

  /** The bytes as workers put them together: out of chunks and base, checked against the hash. */
  byte[] asWorkersRebuildIt() {
    List<byte[]> chunks = ArtifactChunks.split(packed.carried());
    Map<Integer, byte[]> pieces =
        IntStream.range(0, chunks.size()).boxed().collect(Collectors.toMap(i -> i, chunks::get));
    return ArtifactChunks.assemble(manifest, pieces, packed.baseArtifact());
  }

  /** The manifest with what the gate found. */
  ReleaseManifest judged(PolicyProvenance provenance) {
    return manifest.withProvenance(provenance);
  }

  /**
   * The manifest of a refusal: no chunks, and the checkpoint that training goes on from.
   *
   * @param refusedStep step that was refused
   */
  static ReleaseManifest refusal(TrainingLine line, long refusedStep, PolicyProvenance provenance) {
    return new ReleaseManifest(
        ReleaseManifest.FORMAT,
        releaseId(line, refusedStep, provenance.toMinibatch(), NO_ARTIFACT),
        line.parentVersion(),
        line.lineage(),
        refusedStep,
        0,
        0,
        NO_ARTIFACT,
        line.checkpoint(),
        provenance);
  }

  /** Unique within a log, and the same when a crashed trainer repeats itself. */
  private static String releaseId(TrainingLine line, long step, long next, String hash) {
    String content = hash.isEmpty() ? "refused" : hash.substring(0, 12);
    return "l%d-s%d-m%d-%s".formatted(line.lineage(), step, next, content);
  }
}

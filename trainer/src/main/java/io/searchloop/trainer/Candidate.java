package io.searchloop.trainer;

import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.release.Sha256;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A release that has not been judged. The artifact array is the record's own: nobody changes it.
 *
 * @param manifest what it would say of itself, without gate figures
 * @param artifact bytes that would be published
 */
record Candidate(ReleaseManifest manifest, byte[] artifact) {
  private static final String NO_ARTIFACT = "";

  /** A candidate for release. */
  static Candidate of(
      TrainingLine line,
      long step,
      String checkpoint,
      byte[] artifact,
      PolicyProvenance provenance) {
    String hash = Sha256.of(artifact);
    return new Candidate(
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
            provenance),
        artifact);
  }

  /** The bytes as workers put them together: out of chunks, checked against length and hash. */
  byte[] asWorkersRebuildIt() {
    List<byte[]> chunks = ArtifactChunks.split(artifact);
    Map<Integer, byte[]> pieces =
        IntStream.range(0, chunks.size()).boxed().collect(Collectors.toMap(i -> i, chunks::get));
    return ArtifactChunks.assemble(manifest, pieces);
  }

  /** The manifest with what the gate found. */
  ReleaseManifest judged(PolicyProvenance provenance) {
    return new ReleaseManifest(
        manifest.format(),
        manifest.releaseId(),
        manifest.parentVersion(),
        manifest.lineage(),
        manifest.step(),
        manifest.chunks(),
        manifest.length(),
        manifest.sha256(),
        manifest.checkpoint(),
        provenance);
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

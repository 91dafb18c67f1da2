package io.searchloop.policy.release;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Cuts an artifact into pieces a default Kafka broker accepts, and puts them together again. */
public final class ArtifactChunks {
  /** Below Kafka's default record limit of 1 MiB with room for the envelope. */
  public static final int CHUNK_BYTES = 900_000;

  private ArtifactChunks() {}

  /** Pieces in order; at least one. */
  public static List<byte[]> split(byte[] artifact) {
    List<byte[]> chunks = new ArrayList<>();
    for (int start = 0; start < artifact.length || chunks.isEmpty(); start += CHUNK_BYTES) {
      chunks.add(
          Arrays.copyOfRange(artifact, start, Math.min(start + CHUNK_BYTES, artifact.length)));
    }
    return chunks;
  }

  /**
   * The verified artifact of a keyframe.
   *
   * @param chunks pieces by index; may be incomplete
   * @throws InvalidReleaseException when a piece is missing, or length or hash differ
   */
  public static byte[] assemble(ReleaseManifest manifest, Map<Integer, byte[]> chunks) {
    return assemble(manifest, chunks, new byte[0]);
  }

  /**
   * The verified artifact of a release.
   *
   * @param chunks pieces by index; may be incomplete
   * @param base artifact that a delta builds upon; not read for a keyframe
   * @throws InvalidReleaseException when a piece is missing, the base is another one, or length or
   *     hash differ
   */
  public static byte[] assemble(
      ReleaseManifest manifest, Map<Integer, byte[]> chunks, byte[] base) {
    byte[] carried = join(manifest, chunks);
    byte[] artifact =
        manifest.base().map(expected -> rebuild(manifest, expected, carried, base)).orElse(carried);
    manifest.verify(artifact);
    return artifact;
  }

  private static byte[] rebuild(
      ReleaseManifest manifest, ReleaseBase expected, byte[] delta, byte[] base) {
    String found = Sha256.of(base);
    if (!found.equals(expected.sha256())) {
      throw new InvalidReleaseException(
          ReleaseFault.BASE,
          "Release %s builds upon version %d with SHA-256 %s, found %s. Activate a keyframe."
              .formatted(manifest.releaseId(), expected.version(), expected.sha256(), found));
    }
    return PolicyDelta.apply(base, delta, manifest.length());
  }

  private static byte[] join(ReleaseManifest manifest, Map<Integer, byte[]> chunks) {
    ByteArrayOutputStream carried = new ByteArrayOutputStream();
    for (int i = 0; i < manifest.chunks(); i++) {
      byte[] chunk = chunks.get(i);
      if (chunk == null) {
        throw new InvalidReleaseException(
            ReleaseFault.INCOMPLETE,
            "Release %s: chunk %d of %d is missing. Was it pruned? Activate a release that `policy list --chunks` shows whole."
                .formatted(manifest.releaseId(), i, manifest.chunks()));
      }
      carried.writeBytes(chunk);
    }
    if (carried.size() != manifest.carriedBytes()) {
      throw new InvalidReleaseException(
          ReleaseFault.INCOMPLETE,
          "Release %s: its %d chunks hold %d bytes, the manifest says %d. Publish it again, or activate another."
              .formatted(
                  manifest.releaseId(),
                  manifest.chunks(),
                  carried.size(),
                  manifest.carriedBytes()));
    }
    return carried.toByteArray();
  }
}

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
   * The verified artifact of a manifest.
   *
   * @param chunks pieces by index; may be incomplete
   * @throws InvalidReleaseException when a piece is missing, or length or hash differ
   */
  public static byte[] assemble(ReleaseManifest manifest, Map<Integer, byte[]> chunks) {
    ByteArrayOutputStream artifact = new ByteArrayOutputStream();
    for (int i = 0; i < manifest.chunks(); i++) {
      byte[] chunk = chunks.get(i);
      if (chunk == null) {
        throw new InvalidReleaseException(
            "Release "
                + manifest.releaseId()
                + ": chunk "
                + i
                + " of "
                + manifest.chunks()
                + " is missing. Was it pruned? Activate a release that `policy list` shows complete.");
      }
      artifact.writeBytes(chunk);
    }
    byte[] bytes = artifact.toByteArray();
    manifest.verify(bytes);
    return bytes;
  }
}

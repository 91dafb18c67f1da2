package io.searchloop.policy.release;

/**
 * What a delta builds upon. Absent from a keyframe, whose pieces are the artifact itself.
 *
 * @param version policy version of the base, offset of its release record
 * @param sha256 SHA-256 of the base's artifact, hex; the guard against a delta on other bytes
 * @param depth deltas from the keyframe to this release; 1 directly upon a keyframe
 * @param carriedBytes bytes of the pieces, all together
 */
public record ReleaseBase(long version, String sha256, int depth, long carriedBytes) {
  /** Longest chain a reader follows; a writer stays well below. */
  public static final int MAX_DEPTH = 1_000;

  public ReleaseBase {
    Present.require("basedOn.sha256", sha256);
    if (depth < 1 || depth > MAX_DEPTH || carriedBytes < 0) {
      throw new IllegalArgumentException(
          "Delta of depth %d with %d bytes, expected depth 1 to %d and zero or more bytes"
              .formatted(depth, carriedBytes, MAX_DEPTH));
    }
  }
}

package io.searchloop.policy.signing;

import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.ReleaseManifest;

/**
 * A manifest as a release record carries it: the bytes that were signed, beside what they say.
 * Verified only when somebody wants to serve it, so that a long log is read in no time.
 */
public final class CarriedManifest {
  private final long version;
  private final byte[] bytes;
  private final ReleaseSignature signature;
  private final long firstChunk;
  private final ReleaseManifest manifest;

  /**
   * @param version policy version: offset of the release record
   * @param bytes manifest exactly as carried
   * @param firstChunk where its first chunk lies on the chunk topic; -1 when unknown. A hint that
   *     nobody signed: a wrong one costs a search
   * @throws InvalidReleaseException when the bytes are no manifest or of a newer format
   */
  public CarriedManifest(long version, byte[] bytes, ReleaseSignature signature, long firstChunk) {
    this.version = version;
    this.bytes = bytes.clone();
    this.signature = signature;
    this.firstChunk = firstChunk;
    this.manifest = ReleaseManifest.fromJson(bytes);
  }

  /** What it says. */
  public ReleaseManifest manifest() {
    return manifest;
  }

  /** Where its first chunk lies, if the hint is right; -1 when unknown. */
  public long firstChunk() {
    return firstChunk;
  }

  /**
   * Checks who vouches for it.
   *
   * @throws InvalidReleaseException when nobody does that is trusted for it
   */
  public void verify(TrustedKeys keys) {
    keys.verify(version, bytes, signature);
  }
}

package io.searchloop.policy.signing;

import java.util.Arrays;

/** A signature and the key it was made with; empty when nobody signed. */
public final class ReleaseSignature {
  /** Of a release that nobody signed. */
  public static final ReleaseSignature NONE = new ReleaseSignature("", new byte[0]);

  private final String keyId;
  private final byte[] bytes;

  /**
   * @param keyId id of the key; empty when unsigned
   * @param bytes the signature; empty when unsigned
   */
  public ReleaseSignature(String keyId, byte[] bytes) {
    this.keyId = keyId;
    this.bytes = bytes.clone();
  }

  /** Id of the key; empty when unsigned. */
  public String keyId() {
    return keyId;
  }

  /** The signature; a copy. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Whether there is one. */
  public boolean present() {
    return bytes.length > 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReleaseSignature that
        && keyId.equals(that.keyId)
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * keyId.hashCode() + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return present() ? "signature by " + keyId : "no signature";
  }
}

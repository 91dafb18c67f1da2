package io.searchloop.policy.signing;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;

/**
 * A key whose releases are served.
 *
 * @param id short name
 * @param publicKey Ed25519
 * @param notAfter last policy version it may have signed: after a rotation the old key vouches for
 *     the past, and not for what a thief would publish with it
 * @param comment for people
 */
public record TrustedKey(String id, PublicKey publicKey, long notAfter, String comment) {
  /** No last version. */
  public static final long ALWAYS = Long.MAX_VALUE;

  static TrustedKey of(PublicKey key) {
    return new TrustedKey(Ed25519.id(key), key, ALWAYS, "");
  }

  /** The same key with a comment. */
  public TrustedKey named(String words) {
    return new TrustedKey(id, publicKey, notAfter, words);
  }

  boolean verifies(byte[] content, byte[] found) {
    try {
      Signature signature = Ed25519.signature();
      signature.initVerify(publicKey);
      signature.update(content);
      return signature.verify(found);
    } catch (GeneralSecurityException e) {
      return false; // of another length or form: not a signature by this key
    }
  }

  /** As a line of a file of trusted keys. */
  String toLine() {
    return TrustedKeys.KEY
        + " "
        + Base64.getEncoder().encodeToString(publicKey.getEncoded())
        + (notAfter == ALWAYS ? "" : " " + TrustedKeys.NOT_AFTER + notAfter)
        + (comment.isEmpty() ? "" : " # " + comment);
  }
}

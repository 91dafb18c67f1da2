package io.searchloop.policy.signing;

import io.searchloop.policy.release.Sha256;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/** The JDK's Ed25519 (RFC 8032), with the checked exceptions that cannot happen taken out. */
final class Ed25519 {
  static final String ALGORITHM = "Ed25519";

  private static final int ID_LENGTH = 16;

  private Ed25519() {}

  static KeyPairGenerator generator() {
    try {
      return KeyPairGenerator.getInstance(ALGORITHM);
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  static KeyFactory keys() {
    try {
      return KeyFactory.getInstance(ALGORITHM);
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  static Signature signature() {
    try {
      return Signature.getInstance(ALGORITHM);
    } catch (GeneralSecurityException e) {
      throw missing(e);
    }
  }

  /** The public key of bytes in X.509 form. */
  static PublicKey publicKey(byte[] x509) throws GeneralSecurityException {
    return keys().generatePublic(new X509EncodedKeySpec(x509));
  }

  /** Short name of a key: the first half of the SHA-256 of its public part. */
  static String id(PublicKey key) {
    return Sha256.of(key.getEncoded()).substring(0, ID_LENGTH);
  }

  private static IllegalStateException missing(GeneralSecurityException e) {
    return new IllegalStateException("Every Java platform since 15 has Ed25519", e);
  }
}

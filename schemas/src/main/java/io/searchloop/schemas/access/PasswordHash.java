package io.searchloop.schemas.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * What is kept of a password: PBKDF2 with HMAC-SHA-512 and a salt of its own, as {@code
 * pbkdf2-sha512:ITERATIONS:SALT:HASH} in Base64. Comparing takes the same time wherever two hashes
 * differ. Any thread.
 */
public final class PasswordHash {
  /** What OWASP recommends for this function; some hundred milliseconds. */
  private static final int ITERATIONS = 210_000;

  /** Fewer would let a stolen file be guessed quickly. */
  private static final int FEWEST_ITERATIONS = 100_000;

  /** More would let one line of the file hold up a server. */
  private static final int MOST_ITERATIONS = 10_000_000;

  private static final String SCHEME = "pbkdf2-sha512";
  private static final String FUNCTION = "PBKDF2WithHmacSHA512";
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  private final int iterations;
  private final byte[] salt;
  private final byte[] hash;

  private PasswordHash(int iterations, byte[] salt, byte[] hash) {
    this.iterations = iterations;
    this.salt = salt;
    this.hash = hash;
  }

  /** Of a password, with a fresh salt. */
  public static PasswordHash of(String password, SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return new PasswordHash(ITERATIONS, salt, derive(password, salt, ITERATIONS));
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is none; the message holds nothing of it
   */
  static PasswordHash parse(String text) {
    String[] parts = text.split(":", -1);
    try {
      if (parts.length == 4 && parts[0].equals(SCHEME)) {
        int iterations = Integer.parseInt(parts[1]);
        byte[] salt = Base64.getDecoder().decode(parts[2]);
        byte[] hash = Base64.getDecoder().decode(parts[3]);
        if (iterations >= FEWEST_ITERATIONS
            && iterations <= MOST_ITERATIONS
            && salt.length >= SALT_BYTES
            && hash.length == HASH_BYTES) {
          return new PasswordHash(iterations, salt, hash);
        }
      }
    } catch (IllegalArgumentException e) {
      // falls through to the one message for all
    }
    throw new IllegalArgumentException(
        "no password hash, expected %s:ITERATIONS:SALT:HASH with %d iterations or more"
            .formatted(SCHEME, FEWEST_ITERATIONS));
  }

  /** Whether it is of this password. */
  boolean matches(String password) {
    return MessageDigest.isEqual(hash, derive(password, salt, iterations));
  }

  /** As the file of users has it. */
  String toText() {
    Base64.Encoder base64 = Base64.getEncoder();
    return String.join(
        ":",
        SCHEME,
        Integer.toString(iterations),
        base64.encodeToString(salt),
        base64.encodeToString(hash));
  }

  /** Nothing of the password. */
  @Override
  public String toString() {
    return SCHEME;
  }

  private static byte[] derive(String password, byte[] salt, int iterations) {
    try {
      PBEKeySpec key = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BYTES * 8);
      return SecretKeyFactory.getInstance(FUNCTION).generateSecret(key).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has " + FUNCTION, e);
    }
  }
}

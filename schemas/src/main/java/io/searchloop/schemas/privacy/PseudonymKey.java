package io.searchloop.schemas.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One key and from when on it holds: a pseudonym is {@code p.} and the first 16 bytes of
 * HMAC-SHA-256 of the name in UTF-8, in URL-safe base64. So any language can make one, and nobody
 * can without the key.
 */
final class PseudonymKey {
  static final int SECRET_BYTES = 32;
  private static final String PREFIX = "p.";
  private static final int HASH_BYTES = 16;
  private static final int LENGTH = PREFIX.length() + 22;
  private static final String HMAC = "HmacSHA256";

  private final Instant since;
  private final SecretKeySpec secret;

  /**
   * @param since searches decided from then on are under this key
   * @param secret 32 random bytes
   */
  PseudonymKey(Instant since, byte[] secret) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException(
          "a secret has %d bytes, expected %d.".formatted(secret.length, SECRET_BYTES));
    }
    this.since = since;
    this.secret = new SecretKeySpec(secret, HMAC);
  }

  Instant since() {
    return since;
  }

  /** The pseudonym of a name; a pseudonym is its own. */
  String of(String name) {
    if (name.isEmpty() || isPseudonym(name)) {
      return name;
    }
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(secret);
      byte[] hash = Arrays.copyOf(mac.doFinal(name.getBytes(UTF_8)), HASH_BYTES);
      return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
    }
  }

  static boolean isPseudonym(String name) {
    return name.length() == LENGTH
        && name.startsWith(PREFIX)
        && name.chars().skip(PREFIX.length()).allMatch(PseudonymKey::isUrlSafe);
  }

  private static boolean isUrlSafe(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }

  /** Never the secret. */
  @Override
  public String toString() {
    return "pseudonym key since " + since;
  }
}

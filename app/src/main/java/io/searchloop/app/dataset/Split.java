package io.searchloop.app.dataset;

import io.searchloop.policy.rewrite.QueryText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Keeps what is learned from apart from what is judged. A query belongs to a side by its text
 * alone, so the side is the same on every machine, in every run and for every dataset.
 */
public enum Split {
  /** Shoppers type these, and the warm start may read them: about 80 %. */
  TRAIN,
  /** Only {@link Evaluation} reads these: about 20 %. */
  TEST;

  private static final int BUCKETS = 100;
  private static final int TRAIN_BUCKETS = 80;
  private static final int VALIDATION_SHARE = 10;

  /** Side of a query: the first 32 bits of the SHA-256 of its normalised text, modulo 100. */
  public static Split of(String query) {
    return Math.floorMod(hash(query), BUCKETS) < TRAIN_BUCKETS ? TRAIN : TEST;
  }

  /**
   * Whether a train query is held out to watch training by: one in ten, chosen by its text like the
   * split itself. Such a query is neither learned from nor part of the test.
   */
  public static boolean isValidation(String query) {
    return of(query) == TRAIN && Math.floorMod(hash(query) / BUCKETS, VALIDATION_SHARE) == 0;
  }

  /** First 32 bits of the SHA-256 of the normalised text: a stable shuffle key. */
  static int hash(String query) {
    byte[] digest = sha256().digest(QueryText.normalise(query).getBytes(StandardCharsets.UTF_8));
    return (digest[0] & 0xff) << 24
        | (digest[1] & 0xff) << 16
        | (digest[2] & 0xff) << 8
        | (digest[3] & 0xff);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform must provide SHA-256", e);
    }
  }
}

package io.searchloop.app.dataset;

import io.searchloop.policy.rewrite.QueryText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Keeps what is learned from apart from what is judged. Which side a query is on is told by its
 * dataset's {@link QuerySplit}.
 */
public enum Split {
  /** Shoppers type these, and training may read them: about 72 % of the clusters. */
  TRAIN,
  /** Training is watched and weights are tuned by these: about 8 %. */
  DEV,
  /** Only evaluation reads these: about 20 %. */
  TEST;

  private static final int BUCKETS = 100;
  private static final int TRAIN_BUCKETS = 72;
  private static final int DEV_BUCKETS = 80;

  /** Side of a name: the first 32 bits of the SHA-256 of its normalised text, modulo 100. */
  static Split ofHash(String name) {
    int bucket = Math.floorMod(hash(name), BUCKETS);
    return bucket < TRAIN_BUCKETS ? TRAIN : bucket < DEV_BUCKETS ? DEV : TEST;
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

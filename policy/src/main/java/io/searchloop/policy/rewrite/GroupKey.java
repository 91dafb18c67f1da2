package io.searchloop.policy.rewrite;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The key under which rollouts are compared: normalised query, locale, prompt-token hash, catalogue
 * epoch and lineage (learning.md, "Exploration and safety").
 */
public final class GroupKey {
  private static final int HASH_DIGITS = 16;

  private GroupKey() {}

  /** Key of a search. */
  public static String of(QueryContext context, int[] prompt, long catalogueEpoch, long lineage) {
    return String.join(
        "|",
        QueryText.normalise(context.query()),
        context.locale(),
        promptHash(prompt),
        Long.toString(catalogueEpoch),
        Long.toString(lineage));
  }

  /** SHA-256 over the decimal token ids, first 16 hex digits. */
  public static String promptHash(int[] prompt) {
    StringBuilder text = new StringBuilder();
    for (int id : prompt) {
      text.append(id).append(' ');
    }
    byte[] digest = sha256().digest(text.toString().getBytes(StandardCharsets.US_ASCII));
    return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}

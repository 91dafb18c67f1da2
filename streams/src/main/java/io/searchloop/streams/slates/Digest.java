package io.searchloop.streams.slates;

import io.searchloop.policy.release.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * What a slate is found by: the first 128 bits of the SHA-256 of its group key and of the settings
 * it was sampled with. A store of 600,000 queries would otherwise hold as many texts, and with 128
 * bits two of them meet once in 10^27 stores.
 */
record Digest(long high, long low) {
  private static final int LONG_DIGITS = 16;
  private static final int HEX = 16;

  /**
   * Digest of a group key.
   *
   * @param sampler settings that log-probabilities depend on
   */
  static Digest of(String groupKey, String sampler) {
    String hex = Sha256.of((groupKey + "|" + sampler).getBytes(StandardCharsets.UTF_8));
    return parse(hex.substring(0, 2 * LONG_DIGITS));
  }

  /** Reads {@link #text}. */
  static Digest parse(String text) {
    return new Digest(
        Long.parseUnsignedLong(text.substring(0, LONG_DIGITS), HEX),
        Long.parseUnsignedLong(text.substring(LONG_DIGITS), HEX));
  }

  /** 32 hex digits. */
  String text() {
    return "%016x%016x".formatted(high, low);
  }
}

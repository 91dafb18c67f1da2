package io.searchloop.streams.slates;

/**
 * Key of a slate's record. It holds the hash of the content, so that two workers that filled one
 * query write two records: compaction then keeps the first, which all agreed on, until the second
 * is tombstoned by its author. It holds no query, so that a tombstone can be written by a worker
 * that keeps no texts.
 *
 * @param hash of the content, as in the slate's id
 */
public record SlateKey(Generation generation, Digest digest, long hash) {
  private static final int PARTS = 5;
  private static final int HEX = 16;

  /** {@code version/lineage/epoch/digest/hash}. */
  String text() {
    return "%d/%d/%d/%s/%016x"
        .formatted(
            generation.version(), generation.lineage(), generation.epoch(), digest.text(), hash);
  }

  /**
   * Reads {@link #text}.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static SlateKey parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != PARTS) {
      throw new IllegalArgumentException(
          "Key of a head slate has %d parts, expected version/lineage/epoch/digest/hash."
              .formatted(parts.length));
    }
    return new SlateKey(
        new Generation(
            Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2])),
        Digest.parse(parts[3]),
        Long.parseUnsignedLong(parts[4], HEX));
  }
}

package io.searchloop.policy.release;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;

/** Writes the parts of a delta: numbers as varints, blocks compressed with their two lengths. */
final class DeltaWriter {
  /** Fixed, so that equal deltas have equal bytes; higher ones win less than a percent. */
  static final int LEVEL = 9;

  private static final int MORE = 0x80;
  private static final int BITS = 7;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A number of zero or more, seven bits a byte, lowest first. */
  DeltaWriter number(int value) {
    int rest = value;
    for (; rest >>> BITS != 0; rest >>>= BITS) {
      out.write(rest | MORE);
    }
    out.write(rest);
    return this;
  }

  /** A difference of any sign: 0, -1, 1, -2, ... become 0, 1, 2, 3, ... */
  DeltaWriter difference(int value) {
    return number(value << 1 ^ value >> (Integer.SIZE - 1));
  }

  /** A compressed block. */
  DeltaWriter block(byte[] content) {
    return block(content.length, Zstd.compress(content, LEVEL));
  }

  /** A compressed block that resembles a dictionary. */
  DeltaWriter block(byte[] content, byte[] dictionary) {
    if (dictionary.length == 0) {
      return block(content);
    }
    try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
      return block(content.length, zstd.setLevel(LEVEL).loadDict(dictionary).compress(content));
    }
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  private DeltaWriter block(int length, byte[] compressed) {
    number(length).number(compressed.length);
    out.writeBytes(compressed);
    return this;
  }
}

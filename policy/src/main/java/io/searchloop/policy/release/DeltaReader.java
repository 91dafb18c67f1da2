package io.searchloop.policy.release;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

/**
 * Reads what {@link DeltaWriter} wrote, from bytes that anybody may have written: no number leads
 * outside the array, and no length is believed beyond what the caller can expect.
 */
final class DeltaReader {
  private static final int MORE = 0x80;
  private static final int BITS = 7;

  private final byte[] bytes;
  private int position;

  DeltaReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A number from zero to a bound.
   *
   * @param what it is, for the message
   */
  int number(String what, int atMost) {
    long value = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += BITS) {
      if (position == bytes.length) {
        throw broken("ends within " + what);
      }
      int part = bytes[position++];
      value |= (long) (part & MORE - 1) << shift;
      if ((part & MORE) == 0) {
        if (value > atMost) {
          throw broken("says %d for %s, expected at most %d".formatted(value, what, atMost));
        }
        return (int) value;
      }
    }
    throw broken("holds no number for " + what);
  }

  /** A difference of two 16-bit patterns. */
  int difference() {
    int code = number("a difference", 1 << Short.SIZE + 1);
    return code >>> 1 ^ -(code & 1);
  }

  /** A block of at most so many bytes. */
  byte[] block(String what, int atMost) {
    return block(what, atMost, new byte[0]);
  }

  /** A block that was written with a dictionary. */
  byte[] block(String what, int atMost, byte[] dictionary) {
    byte[] content = new byte[number("the length of " + what, atMost)];
    int compressed = number("the compressed length of " + what, bytes.length - position);
    if (compressed > bytes.length - position) { // the number itself has taken bytes
      throw broken("ends within %s".formatted(what));
    }
    int from = position;
    position += compressed;
    int found = decompress(what, content, from, compressed, dictionary);
    if (found != content.length) {
      throw broken("holds %d bytes of %s, said %d".formatted(found, what, content.length));
    }
    return content;
  }

  /** Fails when something is left. */
  void end(String what) {
    if (position != bytes.length) {
      throw broken("goes on for %d bytes after %s".formatted(bytes.length - position, what));
    }
  }

  static InvalidReleaseException broken(String found) {
    return new InvalidReleaseException(
        ReleaseFault.DELTA,
        "Delta " + found + ". Activate the keyframe before it, or publish the release again.");
  }

  private int decompress(String what, byte[] content, int from, int compressed, byte[] dictionary) {
    try (ZstdDecompressCtx zstd = new ZstdDecompressCtx()) {
      if (dictionary.length > 0) {
        zstd.loadDict(dictionary);
      }
      return zstd.decompressByteArray(content, 0, content.length, bytes, from, compressed);
    } catch (ZstdException e) {
      throw broken("has unreadable %s (%s)".formatted(what, Zstd.getErrorName(-e.getErrorCode())));
    }
  }
}

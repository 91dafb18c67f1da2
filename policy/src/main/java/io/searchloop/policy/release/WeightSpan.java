package io.searchloop.policy.release;

import java.util.List;

/**
 * Where weights lie in an artifact: {@code count} little-endian float32 in a row, each of them a
 * bfloat16, so that its lower two bytes are zero.
 *
 * @param offset first byte
 * @param count weights
 */
public record WeightSpan(int offset, int count) {
  /** Bytes of a weight in the artifact. */
  static final int STRIDE = Float.BYTES;

  public WeightSpan {
    if (offset < 0 || count < 1 || count > (Integer.MAX_VALUE - offset) / STRIDE) {
      throw new IllegalArgumentException(
          "Span of %d weights at byte %d, expected one at least within an array"
              .formatted(count, offset));
    }
  }

  /** First byte after it. */
  int end() {
    return offset + count * STRIDE;
  }

  /** Weights of several spans. */
  public static int count(List<WeightSpan> spans) {
    return spans.stream().mapToInt(WeightSpan::count).reduce(0, Math::addExact);
  }
}

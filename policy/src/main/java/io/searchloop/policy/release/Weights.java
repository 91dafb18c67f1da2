package io.searchloop.policy.release;

import java.util.List;

/**
 * An artifact taken apart: its weights as 16-bit patterns in one row, and the frame around them,
 * which is everything else in order. {@link #join} puts the same bytes together again.
 */
final class Weights {
  private static final int UPPER = Float.BYTES - Short.BYTES;

  private Weights() {}

  /** The weights. */
  static short[] of(byte[] artifact, List<WeightSpan> spans) {
    short[] weights = new short[WeightSpan.count(spans)];
    int next = 0;
    for (WeightSpan span : spans) {
      for (int at = span.offset() + UPPER; at < span.end(); at += WeightSpan.STRIDE) {
        weights[next++] = (short) (Byte.toUnsignedInt(artifact[at]) | artifact[at + 1] << 8);
      }
    }
    return weights;
  }

  /** What lies around the weights. */
  static byte[] frame(byte[] artifact, List<WeightSpan> spans) {
    byte[] frame = new byte[artifact.length - WeightSpan.count(spans) * WeightSpan.STRIDE];
    int from = 0;
    int to = 0;
    for (WeightSpan span : spans) {
      System.arraycopy(artifact, from, frame, to, span.offset() - from);
      to += span.offset() - from;
      from = span.end();
    }
    System.arraycopy(artifact, from, frame, to, artifact.length - from);
    return frame;
  }

  /** The artifact of a frame and weights. */
  static byte[] join(byte[] frame, short[] weights, List<WeightSpan> spans) {
    byte[] artifact = new byte[frame.length + weights.length * WeightSpan.STRIDE];
    int from = 0;
    int to = 0;
    int next = 0;
    for (WeightSpan span : spans) {
      System.arraycopy(frame, from, artifact, to, span.offset() - to);
      from += span.offset() - to;
      for (int at = span.offset() + UPPER; at < span.end(); at += WeightSpan.STRIDE) {
        artifact[at] = (byte) weights[next];
        artifact[at + 1] = (byte) (weights[next++] >> 8);
      }
      to = span.end();
    }
    System.arraycopy(frame, from, artifact, to, artifact.length - to);
    return artifact;
  }

  /** Whether spans lie one after another within an array. */
  static boolean fit(List<WeightSpan> spans, int length) {
    int end = 0;
    for (WeightSpan span : spans) {
      if (span.offset() < end || span.end() > length) {
        return false;
      }
      end = span.end();
    }
    return true;
  }

  /** Whether nothing but bfloat16 stands there, which is all that {@link #join} restores. */
  static boolean rounded(byte[] artifact, List<WeightSpan> spans) {
    for (WeightSpan span : spans) {
      for (int at = span.offset(); at < span.end(); at += WeightSpan.STRIDE) {
        if (artifact[at] != 0 || artifact[at + 1] != 0) {
          return false;
        }
      }
    }
    return true;
  }
}

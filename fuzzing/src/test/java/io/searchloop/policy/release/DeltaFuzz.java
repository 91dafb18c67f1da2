package io.searchloop.policy.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.searchloop.fuzzing.Bounds;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A delta on a base of a thousand bytes. What it makes is as long as its manifest says, or none.
 */
class DeltaFuzz {
  private static final List<WeightSpan> SPANS =
      List.of(new WeightSpan(100, 50), new WeightSpan(400, 100));
  private static final byte[] BASE = artifact(1);
  private static final byte[] RESULT = artifact(2);

  static Stream<byte[]> seeds() {
    return Stream.of(
        PolicyDelta.encode(BASE, SPANS, RESULT, SPANS),
        PolicyDelta.encode(BASE, SPANS, BASE, SPANS),
        PolicyDelta.encode(BASE, List.of(), RESULT, List.of()));
  }

  @MethodSource("seeds")
  @FuzzTest
  void applies(byte[] delta) throws Exception {
    Bounds.within(delta.length, () -> check(delta));
  }

  private static void check(byte[] delta) {
    try {
      byte[] result = PolicyDelta.apply(BASE, delta, BASE.length);
      assertThat(result).hasSameSizeAs(BASE);
      byte[] again = PolicyDelta.encode(BASE, List.of(), result, List.of());
      assertThat(PolicyDelta.apply(BASE, again, BASE.length)).isEqualTo(result);
    } catch (InvalidReleaseException e) {
      Bounds.requireNamed(e);
    }
  }

  /** Bytes with bfloat16 weights in the spans, a few of which depend on the seed. */
  private static byte[] artifact(int seed) {
    byte[] bytes = new byte[1_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 7);
    }
    for (WeightSpan span : SPANS) {
      for (int at = span.offset(); at < span.end(); at += WeightSpan.STRIDE) {
        bytes[at] = 0;
        bytes[at + 1] = 0;
        bytes[at + 2] += (byte) (at % 5 == 0 ? seed : 0);
      }
    }
    return bytes;
  }
}

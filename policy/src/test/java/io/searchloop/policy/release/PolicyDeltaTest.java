package io.searchloop.policy.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDeltaTest {
  private static final int WEIGHTS = 5_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void givesTheResultBackByteByByte(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Example base = Example.draw(random, "step 1");
    Example result = base.trained(random, random.nextDouble(), "step 2, with a longer name");

    byte[] delta = PolicyDelta.encode(base.bytes, base.spans, result.bytes, result.spans);

    assertThat(PolicyDelta.apply(base.bytes, delta, result.bytes.length)).isEqualTo(result.bytes);
  }

  @Test
  void aSmallStepCostsAFewPercentOfTheWeights() {
    SplittableRandom random = new SplittableRandom(11);
    Example base = Example.draw(random, "step 1");
    Example result = base.trained(random, .01, "step 2");

    byte[] delta = PolicyDelta.encode(base.bytes, base.spans, result.bytes, result.spans);

    assertThat(delta.length).isLessThan(2 * WEIGHTS * 4 / 100);
  }

  @Test
  void nothingChangedIsADeltaToo() {
    Example base = Example.draw(new SplittableRandom(3), "same");

    byte[] delta = PolicyDelta.encode(base.bytes, base.spans, base.bytes, base.spans);

    assertThat(PolicyDelta.apply(base.bytes, delta, base.bytes.length)).isEqualTo(base.bytes);
  }

  @Test
  void carriesEveryDifferenceOfBitPatterns() {
    short[] extremes = {0, 1, -1, Short.MAX_VALUE, Short.MIN_VALUE, 0x7f80, (short) 0xff80};
    for (short before : extremes) {
      for (short after : extremes) {
        byte[] base = {0, 0, (byte) before, (byte) (before >> 8)};
        byte[] result = {0, 0, (byte) after, (byte) (after >> 8)};
        List<WeightSpan> spans = List.of(new WeightSpan(0, 1));

        byte[] delta = PolicyDelta.encode(base, spans, result, spans);

        assertThat(PolicyDelta.apply(base, delta, 4)).isEqualTo(result);
      }
    }
  }

  @Test
  void refusesToEncodeWeightsItWouldRound() {
    Example base = Example.draw(new SplittableRandom(1), "base");
    byte[] exact = base.bytes.clone();
    exact[base.spans.get(0).offset()] = 1;

    assertThatThrownBy(() -> PolicyDelta.encode(base.bytes, base.spans, exact, base.spans))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no bfloat16");
  }

  @Test
  void refusesABaseOfAnotherLengthAsSuch() {
    Example base = Example.draw(new SplittableRandom(1), "base");
    byte[] delta = PolicyDelta.encode(base.bytes, base.spans, base.bytes, base.spans);
    byte[] shorter = Arrays.copyOf(base.bytes, base.bytes.length - 1);

    assertThatThrownBy(() -> PolicyDelta.apply(shorter, delta, base.bytes.length))
        .isInstanceOfSatisfying(
            InvalidReleaseException.class, e -> assertThat(e.fault()).isEqualTo(ReleaseFault.BASE))
        .hasMessageContaining("its base has " + shorter.length);
  }

  @Test
  void refusesEveryTruncation() {
    Example base = Example.draw(new SplittableRandom(5), "base");
    Example result = base.trained(new SplittableRandom(6), .001, "result");
    byte[] delta = PolicyDelta.encode(base.bytes, base.spans, result.bytes, result.spans);

    for (int length = 0; length < delta.length; length++) {
      byte[] cut = Arrays.copyOf(delta, length);
      assertThatThrownBy(() -> PolicyDelta.apply(base.bytes, cut, result.bytes.length))
          .isInstanceOf(InvalidReleaseException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void garbledBytesAreRefusedOrMakeAnArtifactOfTheSaidLength(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Example base = Example.draw(random, "base");
    Example result = base.trained(random, .01, "result");
    byte[] delta = PolicyDelta.encode(base.bytes, base.spans, result.bytes, result.spans);
    int refused = 0;

    for (int i = 0; i < 2_000; i++) {
      byte[] garbled = delta.clone();
      for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
        // Half of them in the numbers at the beginning, where lengths are claimed.
        int reach = random.nextBoolean() ? Math.min(40, delta.length) : delta.length;
        garbled[random.nextInt(reach)] = (byte) random.nextInt();
      }
      Throwable thrown =
          catchThrowable(
              () ->
                  assertThat(PolicyDelta.apply(base.bytes, garbled, result.bytes.length))
                      .hasSize(result.bytes.length));
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(InvalidReleaseException.class);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void randomBytesAreRefused() {
    SplittableRandom random = new SplittableRandom(9);
    byte[] base = new byte[1_000];
    for (int i = 0; i < 2_000; i++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);

      assertThatThrownBy(() -> PolicyDelta.apply(base, noise, 1_000))
          .isInstanceOf(InvalidReleaseException.class);
    }
  }

  @Test
  void aClaimedLengthIsNotBelieved() {
    byte[] delta =
        new DeltaWriter()
            .number('S')
            .number('L')
            .number('D')
            .number(1)
            .number(8)
            .number(8)
            .number(1)
            .number(0)
            .number(0)
            .number(Integer.MAX_VALUE)
            .toBytes();

    assertThatThrownBy(() -> PolicyDelta.apply(new byte[8], delta, 8))
        .isInstanceOf(InvalidReleaseException.class)
        .hasMessageContaining("says 2147483647 for a number of weights, expected at most 2");
  }

  /** An artifact with two spans of weights and words around them. */
  private record Example(byte[] bytes, List<WeightSpan> spans) {
    static Example draw(SplittableRandom random, String words) {
      byte[] weights = new byte[WEIGHTS * Float.BYTES];
      for (int i = 0; i < WEIGHTS; i++) {
        int bits = Float.floatToIntBits((float) random.nextGaussian());
        weights[4 * i + 2] = (byte) (bits >> 16);
        weights[4 * i + 3] = (byte) (bits >> 24);
      }
      return around(weights, words);
    }

    /** Moves a share of the weights by a unit in the last place. */
    Example trained(SplittableRandom random, double share, String words) {
      byte[] weights = new byte[WEIGHTS * Float.BYTES];
      int at = 0;
      for (WeightSpan span : spans) {
        System.arraycopy(bytes, span.offset(), weights, at, span.count() * Float.BYTES);
        at += span.count() * Float.BYTES;
      }
      for (int i = 2; i < weights.length; i += Float.BYTES) {
        if (random.nextDouble() < share && weights[i] != Byte.MAX_VALUE) {
          weights[i]++;
        }
      }
      return around(weights, words);
    }

    private static Example around(byte[] weights, String words) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(("header of " + words).getBytes());
      int half = WEIGHTS / 2;
      WeightSpan first = new WeightSpan(bytes.size(), half);
      bytes.write(weights, 0, half * Float.BYTES);
      bytes.writeBytes(("between, " + words).getBytes());
      WeightSpan second = new WeightSpan(bytes.size(), WEIGHTS - half);
      bytes.write(weights, half * Float.BYTES, weights.length - half * Float.BYTES);
      bytes.writeBytes(words.getBytes());
      return new Example(bytes.toByteArray(), List.of(first, second));
    }
  }
}

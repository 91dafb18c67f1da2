package io.searchloop.policy.release;

import java.util.ArrayList;
import java.util.List;

/**
 * A release as what changed since another: a sparse overwrite of bfloat16 weights, and the frame
 * around them compressed against that of the base. Applied to the base it gives the artifact back
 * byte by byte, which the caller proves by its hash.
 *
 * <pre>
 *   "SLD" 1 | length of base | length of result
 *   spans   | for each: gap in the base, gap in the result, weights
 *   frame   | zstd, the base's frame as dictionary
 *   changes | how many; gaps between their indices as varints, zstd
 *           |           differences of their bit patterns, zigzag varints, zstd
 * </pre>
 *
 * <p>A small step of training moves few bfloat16 weights, and those by one or two units in the last
 * place, hence gaps and differences of bit patterns: they beat XOR with zstd by a third. Worked
 * number: weights (1, 2, 3) become (1, 2.015625, 3): bits 0x4000 become 0x4001, one change with gap
 * 1 and difference 1, two bytes before compression.
 *
 * <p>Pure functions; any thread. See docs/adr/0030.
 */
public final class PolicyDelta {
  private static final int[] MAGIC = {'S', 'L', 'D', 1};
  private static final int MAX_VARINT = 5;

  /** A span costs two gaps and a count; nothing believable has more of them than this. */
  private static final int MAX_SPANS = 100_000;

  private PolicyDelta() {}

  /**
   * What leads from one artifact to another.
   *
   * @param baseSpans where the base has its weights
   * @param spans where the result has them, as many in each as there
   * @throws IllegalArgumentException when the spans do not match, or hold more than bfloat16
   */
  public static byte[] encode(
      byte[] base, List<WeightSpan> baseSpans, byte[] result, List<WeightSpan> spans) {
    requireMatch(baseSpans, spans);
    requireRounded(base, baseSpans);
    requireRounded(result, spans);
    DeltaWriter out = new DeltaWriter();
    for (int each : MAGIC) {
      out.number(each);
    }
    out.number(base.length).number(result.length).number(spans.size());
    int baseEnd = 0;
    int end = 0;
    for (int i = 0; i < spans.size(); i++) {
      out.number(baseSpans.get(i).offset() - baseEnd);
      out.number(spans.get(i).offset() - end).number(spans.get(i).count());
      baseEnd = baseSpans.get(i).end();
      end = spans.get(i).end();
    }
    out.block(Weights.frame(result, spans), Weights.frame(base, baseSpans));
    changes(Weights.of(base, baseSpans), Weights.of(result, spans), out);
    return out.toBytes();
  }

  /**
   * Applies a delta.
   *
   * @param base artifact it builds upon
   * @param delta what {@link #encode} wrote
   * @param length bytes that the manifest says of the result
   * @throws InvalidReleaseException when the delta is damaged or of another base
   */
  public static byte[] apply(byte[] base, byte[] delta, long length) {
    DeltaReader in = new DeltaReader(delta);
    for (int each : MAGIC) {
      if (in.number("the magic", Byte.MAX_VALUE) != each) {
        throw DeltaReader.broken("does not begin with the magic of format 1");
      }
    }
    int baseLength = in.number("the length of its base", Integer.MAX_VALUE);
    if (baseLength != base.length) {
      throw new InvalidReleaseException(
          ReleaseFault.BASE,
          "Delta builds upon %d bytes, its base has %d. Activate the keyframe before it."
              .formatted(baseLength, base.length));
    }
    int resultLength = in.number("the length of its result", Integer.MAX_VALUE);
    if (resultLength != length) {
      throw DeltaReader.broken(
          "makes %d bytes, the manifest says %d".formatted(resultLength, length));
    }
    List<WeightSpan> baseSpans = new ArrayList<>();
    List<WeightSpan> spans = new ArrayList<>();
    spans(in, base.length, resultLength, baseSpans, spans);
    byte[] frame = frame(in, base, baseSpans, resultLength, spans);
    short[] weights = Weights.of(base, baseSpans);
    change(in, weights);
    return Weights.join(frame, weights, spans);
  }

  private static void spans(
      DeltaReader in,
      int baseLength,
      int length,
      List<WeightSpan> baseSpans,
      List<WeightSpan> spans) {
    int count = in.number("the number of spans", MAX_SPANS);
    int baseEnd = 0;
    int end = 0;
    for (int i = 0; i < count; i++) {
      int baseOffset = baseEnd + in.number("a gap of the base", baseLength - baseEnd);
      int offset = end + in.number("a gap of the result", length - end);
      int room = Math.min(baseLength - baseOffset, length - offset) / WeightSpan.STRIDE;
      int weights = in.number("a number of weights", room);
      if (weights == 0) {
        throw DeltaReader.broken("has an empty span");
      }
      baseSpans.add(new WeightSpan(baseOffset, weights));
      spans.add(new WeightSpan(offset, weights));
      baseEnd = baseSpans.get(i).end();
      end = spans.get(i).end();
    }
  }

  private static byte[] frame(
      DeltaReader in, byte[] base, List<WeightSpan> baseSpans, int length, List<WeightSpan> spans) {
    int expected = length - WeightSpan.count(spans) * WeightSpan.STRIDE;
    byte[] frame = in.block("the frame", expected, Weights.frame(base, baseSpans));
    if (frame.length != expected) {
      throw DeltaReader.broken(
          "has a frame of %d bytes, its spans leave %d".formatted(frame.length, expected));
    }
    return frame;
  }

  private static void changes(short[] before, short[] after, DeltaWriter out) {
    DeltaWriter gaps = new DeltaWriter();
    DeltaWriter differences = new DeltaWriter();
    int changes = 0;
    int last = -1;
    for (int i = 0; i < before.length; i++) {
      if (before[i] != after[i]) {
        gaps.number(i - last - 1);
        differences.difference(after[i] - before[i]);
        last = i;
        changes++;
      }
    }
    out.number(changes).block(gaps.toBytes()).block(differences.toBytes());
  }

  private static void change(DeltaReader in, short[] weights) {
    int changes = in.number("the number of changes", weights.length);
    int most = (int) Math.min(Integer.MAX_VALUE, (long) changes * MAX_VARINT);
    DeltaReader gaps = new DeltaReader(in.block("the gaps", most));
    DeltaReader differences = new DeltaReader(in.block("the differences", most));
    in.end("its changes");
    int next = 0;
    for (int i = 0; i < changes; i++) {
      next += gaps.number("a gap", weights.length - next - 1);
      weights[next] = (short) (weights[next] + differences.difference());
      next++;
    }
    gaps.end("the gaps");
    differences.end("the differences");
  }

  private static void requireMatch(List<WeightSpan> baseSpans, List<WeightSpan> spans) {
    if (!baseSpans.stream()
        .map(WeightSpan::count)
        .toList()
        .equals(spans.stream().map(WeightSpan::count).toList())) {
      throw new IllegalArgumentException(
          "Base has %d weights in %d spans, the result %d in %d; expected the same of each"
              .formatted(
                  WeightSpan.count(baseSpans),
                  baseSpans.size(),
                  WeightSpan.count(spans),
                  spans.size()));
    }
  }

  private static void requireRounded(byte[] artifact, List<WeightSpan> spans) {
    if (!Weights.fit(spans, artifact.length) || !Weights.rounded(artifact, spans)) {
      throw new IllegalArgumentException(
          "Artifact of %d bytes has spans outside it, or weights that are no bfloat16"
              .formatted(artifact.length));
    }
  }
}

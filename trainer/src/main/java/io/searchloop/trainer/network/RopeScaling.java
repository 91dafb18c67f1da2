package io.searchloop.trainer.network;

import java.util.Arrays;
import java.util.List;

/**
 * How a network trained on short texts stretches its rotary wavelengths to read longer ones: a
 * factor on each angle's frequency.
 *
 * <p>{@code NONE} keeps the frequencies. {@code LINEAR} divides all of them by {@code factor}
 * (position interpolation, arXiv 2306.15595). {@code LLAMA3} divides only wavelengths longer than
 * {@code originalPositions / lowFrequencyFactor}, keeps those shorter than {@code originalPositions
 * / highFrequencyFactor}, and blends in between (Llama 3.1, arXiv 2407.21783).
 *
 * <p>Example: {@code LLAMA3}, factor 8, low 1, high 4, 8192 positions. Wavelength 2000 is below
 * 8192 / 4 and stays; 10000 is above 8192 and becomes 80000.
 *
 * @param kind which rule
 * @param factor stretch, at least 1; 1 with {@code NONE}
 * @param lowFrequencyFactor {@code LLAMA3} only, else 1
 * @param highFrequencyFactor {@code LLAMA3} only, above {@code lowFrequencyFactor}, else 1
 * @param originalPositions positions before stretching; {@code LLAMA3} only, else 0
 */
public record RopeScaling(
    Kind kind,
    double factor,
    double lowFrequencyFactor,
    double highFrequencyFactor,
    int originalPositions) {

  /** The rules we know. */
  public enum Kind {
    NONE,
    LINEAR,
    LLAMA3
  }

  /** Frequencies as they are. */
  public static final RopeScaling NONE = new RopeScaling(Kind.NONE, 1, 1, 1, 0);

  public RopeScaling {
    if (!(factor >= 1) || Double.isInfinite(factor)) {
      throw invalid("factor " + factor, "a finite number of at least 1");
    }
    if (kind == Kind.LLAMA3
        && !(lowFrequencyFactor > 0
            && highFrequencyFactor > lowFrequencyFactor
            && Double.isFinite(highFrequencyFactor)
            && originalPositions > 0)) {
      throw invalid(
          "frequency factors %s and %s, original positions %d"
              .formatted(lowFrequencyFactor, highFrequencyFactor, originalPositions),
          "0 < low < high, and positions above 0");
    }
  }

  /** All frequencies divided by {@code factor}. */
  public static RopeScaling linear(double factor) {
    return new RopeScaling(Kind.LINEAR, factor, 1, 1, 0);
  }

  /** The stretched form of an angle's frequency, in radians per position. */
  double apply(double frequency) {
    return switch (kind) {
      case NONE -> frequency;
      case LINEAR -> frequency / factor;
      case LLAMA3 -> blend(frequency);
    };
  }

  private double blend(double frequency) {
    double turns = originalPositions * frequency / (2 * Math.PI); // within the original positions
    double share = (turns - lowFrequencyFactor) / (highFrequencyFactor - lowFrequencyFactor);
    double kept = Math.max(0, Math.min(1, share));
    return kept * frequency + (1 - kept) * frequency / factor;
  }

  /** One word for a property; {@link #parse} reads it. */
  String format() {
    return "%s/%s/%s/%s/%d"
        .formatted(kind, factor, lowFrequencyFactor, highFrequencyFactor, originalPositions);
  }

  static RopeScaling parse(String text) {
    List<String> parts = Arrays.asList(text.split("/", -1));
    if (parts.size() != 5) {
      throw invalid("`" + text + "`", "KIND/FACTOR/LOW/HIGH/POSITIONS");
    }
    return new RopeScaling(
        Kind.valueOf(parts.get(0)),
        Double.parseDouble(parts.get(1)),
        Double.parseDouble(parts.get(2)),
        Double.parseDouble(parts.get(3)),
        Integer.parseInt(parts.get(4)));
  }

  private static IllegalArgumentException invalid(String found, String expected) {
    return new IllegalArgumentException(
        "rope scaling: found %s, expected %s".formatted(found, expected));
  }
}

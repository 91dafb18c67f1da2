package io.searchloop.search.merging;

import java.util.stream.DoubleStream;

/**
 * How much the parts of a fused query weigh beside a typed term, which has 1; ADR 0039.
 *
 * @param correction of a word that only the spelling checker has
 * @param rewrite of a word that only a policy's rewrite has
 * @param expansion of a synonym
 */
public record FusionWeights(double correction, double rewrite, double expansion) {

  /** Corrections and expansions were tuned on train and dev queries of Home Depot. */
  public static final FusionWeights DEFAULT = new FusionWeights(.7, .35, .2);

  private static final double TOO_MUCH = 1e6;

  /** Refuses weights that would rank worse matches first. */
  public FusionWeights {
    if (!DoubleStream.of(correction, rewrite, expansion).allMatch(FusionWeights::allow)) {
      throw new IllegalArgumentException(
          "Fusion weights are %s, %s and %s, expected positive finite numbers. Leave a part out if it should not count."
              .formatted(correction, rewrite, expansion));
    }
  }

  /** Whether a part may weigh so much: above 0, below a million. */
  public static boolean allow(double weight) {
    return weight > 0 && weight < TOO_MUCH;
  }
}

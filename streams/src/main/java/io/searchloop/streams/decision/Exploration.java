package io.searchloop.streams.decision;

/**
 * The exploration coin: a share of the policy arm's requests is answered by the same policy at
 * another temperature. The coin falls before anything is drawn and its outcome is logged as the
 * decision's temperature, so log-probabilities are exactly those of the sampler that drew, and the
 * share enters no ratio (docs/adr/0035).
 *
 * <p>Only fresh rollouts that are shown alone are explored: slates and merged pages compare
 * rollouts of one sampler.
 *
 * @param share of requests, from 0 to 1
 * @param temperature above zero; above the sampler's to explore
 */
public record Exploration(double share, double temperature) {
  /** Every request is sampled alike. */
  public static final Exploration NONE = new Exploration(0, 1);

  public Exploration {
    if (!(share >= 0 && share <= 1 && temperature > 0)) {
      throw new IllegalArgumentException(
          "Exploration share %s at temperature %s, expected a share from 0 to 1 and a temperature above 0."
              .formatted(share, temperature));
    }
  }

  /**
   * Whether a request explores.
   *
   * @param u uniform in [0, 1), drawn for this request
   */
  boolean chosen(double u) {
    return u < share;
  }
}

package io.searchloop.learning.experiment;

/**
 * Evidence that visitors did not come to the arms in the ratio they were assigned in. Then visitors
 * of one arm got lost on the way, hardly at random, and no comparison means what it seems to.
 *
 * <p>The evidence is a Bayes factor that multiplies with every visitor (Lindon and Malek,
 * "Anytime-valid inference for multinomial count data", NeurIPS 2022): what a Beta(k theta, k (1 -
 * theta)) mixture predicted of the visitor's arm, over theta, its assigned probability.
 *
 * <pre>
 *   e_n = prod_i  (k theta_arm + n_arm,i-1) / (k + n_i-1) / theta_arm,      k = 1,000
 * </pre>
 *
 * <p>Under the right ratio e_n is a martingale that starts at 1, so by Ville's inequality it ever
 * reaches 1 / alpha with probability alpha at most. A new share begins new counts and goes on with
 * the evidence. Example: at theta .5 a first visitor leaves e at 1; a second of the same arm makes
 * it 501 / 1001 / .5 = 1.001.
 *
 * <p>That nothing speaks against a ratio does not mean that it is known. {@link #confirmed} asks
 * for evidence against every ratio that a loss of visitors would leave, by the same mixture.
 *
 * @param percent assigned share of the candidate, 1 to 99; 0 before the first visitor
 * @param control visitors of the control at this share
 * @param candidate visitors of the candidate at this share
 * @param logMixture ln of what the mixture predicted of them
 * @param logEvidence ln e_n over all shares
 * @param peak the largest it ever was
 */
public record SampleRatio(
    int percent, long control, long candidate, double logMixture, double logEvidence, double peak) {
  /** Before the first visitor. */
  public static final SampleRatio NONE = new SampleRatio(0, 0, 0, 0, 0, 0);

  private static final double CONCENTRATION = 1_000;
  private static final int ALL = 100;

  /** With one more visitor. */
  public SampleRatio plus(boolean ofCandidate, int assignedPercent) {
    if (assignedPercent < 1 || assignedPercent >= ALL) {
      throw new IllegalArgumentException(
          "Share of the candidate is %d %%, expected 1 to 99: without two arms there is no ratio."
              .formatted(assignedPercent));
    }
    if (assignedPercent != percent) {
      return new SampleRatio(assignedPercent, 0, 0, 0, logEvidence, peak)
          .plus(ofCandidate, assignedPercent);
    }
    double share = ofCandidate ? share() : 1 - share();
    long before = ofCandidate ? candidate : control;
    double predicted =
        Math.log((CONCENTRATION * share + before) / (CONCENTRATION + control + candidate));
    double evidence = logEvidence + predicted - Math.log(share);
    return new SampleRatio(
        percent,
        control + (ofCandidate ? 0 : 1),
        candidate + (ofCandidate ? 1 : 0),
        logMixture + predicted,
        evidence,
        Math.max(peak, evidence));
  }

  /** Whether the ratio was ever refuted at a level. */
  public boolean refuted(double alpha) {
    return peak >= -Math.log(alpha);
  }

  /**
   * Whether at this share neither arm lost as many as a tolerated share of its visitors. Of two
   * equal arms, one that lost 5 % is left with .95 / 1.95 = 48.7 % of the visitors seen.
   *
   * @param loss tolerated loss of either arm, 0 to 1
   * @param alpha probability of confirming a ratio that is off by more
   */
  public boolean confirmed(double loss, double alpha) {
    double fewest = share() * (1 - loss) / (1 - share() * loss);
    double most = share() / (1 - (1 - share()) * loss);
    double seen = candidate / (double) (candidate + control);
    return seen > fewest
        && seen < most
        && evidenceAgainst(fewest) >= -Math.log(alpha)
        && evidenceAgainst(most) >= -Math.log(alpha);
  }

  private double evidenceAgainst(double share) {
    return logMixture - candidate * Math.log(share) - control * Math.log1p(-share);
  }

  private double share() {
    return percent / (double) ALL;
  }
}

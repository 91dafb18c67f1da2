package io.searchloop.app.simulation;

import io.searchloop.app.dataset.GradeScale;
import org.jspecify.annotations.Nullable;

/**
 * Decides how likely a click is from position and human judgment alone: the position-based model,
 *
 * <pre>
 *   P(click at k) = theta_k * alpha(g)
 *   theta_k = k^-eta                                            examination, theta_1 = 1
 *   alpha(g) = floor + (perfect - floor) * appeal(g)            attraction
 *   appeal(g) = (2^gain(g) - 1) / (2^bestGain - 1)              0 for unjudged products
 * </pre>
 *
 * <p>Craswell et al., "An experimental comparison of click position-bias models", WSDM 2008; eta as
 * in Joachims, Swaminathan and Schnabel, WSDM 2017; appeal after Chapelle et al., CIKM 2009. With
 * eta .7, floor .02 and perfect .5, a perfect product at position 3 is clicked with probability
 * .4635 * .5 = .2317.
 */
final class ClickModel {
  private final GradeScale scale;
  private final double eta;
  private final double floor;
  private final double perfect;

  ClickModel(GradeScale scale, ShopperConfig config) {
    this.scale = scale;
    this.eta = config.examinationDecay();
    this.floor = config.clickFloor();
    this.perfect = config.clickPerfect();
  }

  /** Probability that the product at a position, counted from one, is looked at. */
  double examination(int position) {
    return Math.pow(position, -eta);
  }

  /** How much a product pleases, 0 to 1; null stands for unjudged. */
  double appeal(@Nullable Double grade) {
    return grade == null
        ? 0
        : Math.expm1(scale.gain(grade) * Math.log(2)) / Math.expm1(scale.bestGain() * Math.log(2));
  }

  /** Click probability of a product of given appeal at a position. */
  double click(int position, double appeal) {
    return examination(position) * (floor + (perfect - floor) * appeal);
  }
}

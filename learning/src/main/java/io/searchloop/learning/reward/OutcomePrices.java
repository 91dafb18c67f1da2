package io.searchloop.learning.reward;

import io.searchloop.schemas.RewardConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * What one reward configuration pays for an outcome, in micros and before any cap. With the default
 * weights 1 / 3 / 10 a search whose product is clicked, carted, bought and returned earns 1 + 3 +
 * 10 - 10 = 4.
 *
 * <p>Immutable; any thread.
 */
public final class OutcomePrices {
  private final RewardConfig config;

  public OutcomePrices(RewardConfig config) {
    this.config = config;
  }

  /** A click as such, as multileaved pages pay it. */
  public long click() {
    return Micros.of(config.getClick());
  }

  /**
   * A click at a place that shoppers may not even look at: {@code click * min(1 / e_k, max)},
   * inverse propensity weighting (Joachims et al., WSDM 2017). Example: examination .25 at the
   * place pays 4 clicks.
   *
   * @param position place on the page from one; 0 when unknown, which is not corrected
   * @param logged examination of each position as the worker assumed it, little-endian float32;
   *     empty to use the configuration's
   */
  public long click(int position, ByteBuffer logged) {
    return Micros.of(config.getClick() * clickWeight(position, logged));
  }

  /** A product put into the cart. */
  public long addToCart() {
    return Micros.of(config.getAddToCart());
  }

  /**
   * An order line: fixed part, units and price, up to the cap.
   *
   * @param quantity units bought; 0 counts as one
   * @param minorUnits price of the line
   */
  public long purchase(int quantity, long minorUnits) {
    double price =
        config.getPurchase()
            + config.getPurchasePerUnit() * Math.max(1, quantity)
            + config.getPurchasePerMinorUnit() * minorUnits;
    return Micros.of(
        config.getPurchaseCap() > 0 ? Math.min(price, config.getPurchaseCap()) : price);
  }

  /** An order line whose product the query without a rewrite would have missed. */
  public long hitrate() {
    return Micros.of(config.getHitrate());
  }

  /**
   * What is to be taken back in all once some units are returned.
   *
   * @param earned micros the line earned
   * @param returned units returned so far
   * @param bought units bought, at least one
   */
  public static long takenBack(long earned, int returned, int bought) {
    return Math.round((double) earned * returned / bought);
  }

  private double clickWeight(int position, ByteBuffer logged) {
    if (!config.getPositionCorrection() || position < 1) {
      return 1;
    }
    int positions = logged.remaining() / Float.BYTES;
    if (positions > 0) {
      int index = logged.position() + Math.min(position, positions) * Float.BYTES - Float.BYTES;
      return weight(logged.duplicate().order(ByteOrder.LITTLE_ENDIAN).getFloat(index));
    }
    List<Double> examination = config.getExamination();
    return examination.isEmpty()
        ? 1
        : weight(examination.get(Math.min(position, examination.size()) - 1));
  }

  private double weight(double examination) {
    return examination <= 0
        ? config.getMaxClickWeight()
        : Math.min(1 / examination, config.getMaxClickWeight());
  }
}

package io.searchloop.learning.oracle;

import io.searchloop.schemas.Decision;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;

/** What outcomes of one search cost by its configuration, in micros and before any cap. Pure. */
final class Prices {
  private final Decision decision;
  private final RewardConfig config;

  Prices(Decision decision, RewardConfig config) {
    this.decision = decision;
    this.config = config;
  }

  /** A click where everyone looks; what a multileaved page divides. */
  long click() {
    return Micros.of(config.getClick());
  }

  /** A click, weighted by how seldom its position is examined: at 0.25 it counts four times. */
  long click(SearchEvent event) {
    return Micros.of(config.getClick() * positionWeight(event.getPositionOrdinal()));
  }

  long cart() {
    return Micros.of(config.getAddToCart());
  }

  /** An order line; 10 + 2 * 3 units + 0.01 * 250 minor units = 18.5. */
  long purchase(SearchEvent event) {
    double price =
        config.getPurchase()
            + config.getPurchasePerUnit() * Math.max(1, event.getQuantity())
            + config.getPurchasePerMinorUnit() * event.getMinorUnits();
    double cap = config.getPurchaseCap();
    return Micros.of(cap > 0 ? Math.min(price, cap) : price);
  }

  /** The extra for a product the query without a rewrite would have missed. */
  long hitrate(SearchEvent event) {
    int[] queryRanks = Packed.ints(decision.getQueryRanks());
    int place = decision.getPage().indexOf(event.getObjectId());
    boolean missed = place >= 0 && place < queryRanks.length && queryRanks[place] == 0;
    return missed ? Micros.of(config.getHitrate()) : 0;
  }

  private double positionWeight(int position) {
    if (!config.getPositionCorrection() || position < 1) {
      return 1;
    }
    double[] examination = examination();
    if (examination.length == 0) {
      return 1;
    }
    double examined = examination[Math.min(position, examination.length) - 1];
    return examined <= 0
        ? config.getMaxClickWeight()
        : Math.min(1 / examined, config.getMaxClickWeight());
  }

  /** The decision's own, else the configuration's. */
  private double[] examination() {
    float[] logged = Packed.floats(decision.getExamination());
    if (logged.length == 0) {
      return config.getExamination().stream().mapToDouble(Double::doubleValue).toArray();
    }
    double[] widened = new double[logged.length];
    for (int i = 0; i < logged.length; i++) {
      widened[i] = logged[i];
    }
    return widened;
  }
}

package io.searchloop.app.bench.traffic;

import io.searchloop.schemas.RewardConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Prices with every rule in use that a shop would use; what is free of charge costs no time. */
public final class BenchRewards {
  /** More than arrival is out of order by. */
  public static final Duration LATENESS = Duration.ofSeconds(2);

  /** Of positions one to ten: 1 / log2(1 + k). */
  private static final List<Double> EXAMINATION =
      List.of(1.0, .631, .5, .431, .387, .356, .333, .315, .301, .289);

  /** Length of the usual long window; caps and quarantine usually last a day. */
  private static final long DAYS = 7;

  private BenchRewards() {}

  /** Every kind of reward, within the windows of a shape. */
  public static RewardConfig config(TrafficShape shape) {
    long day = shape.longWindow().toMillis() / DAYS;
    return RewardConfig.newBuilder()
        .setName("bench")
        .setEffectiveFrom(Instant.EPOCH)
        .setClick(1)
        .setAddToCart(3)
        .setPurchase(10)
        .setPurchasePerMinorUnit(.0001)
        .setPurchaseCap(50)
        .setHitrate(1)
        .setPositionCorrection(true)
        .setExamination(EXAMINATION)
        .setMaxClickWeight(5)
        .setShortWindowMs(shape.shortWindow().toMillis())
        .setLongWindowMs(shape.longWindow().toMillis())
        .setLatenessMs(LATENESS.toMillis())
        .setVisitorCap(200)
        .setVisitorMaxSearches(50)
        .setCapWindowMs(day)
        .setMaxEventsPerMinute(600)
        .setMinDwellMs(5)
        .setDwellClicks(6)
        .setClickAllProducts(9)
        .setQuarantineMs(day)
        .build();
  }

  /** The same with clicks worth twice as much from an instant on. */
  static RewardConfig dearer(RewardConfig config, Instant from) {
    return RewardConfig.newBuilder(config)
        .setName(config.getName() + "-dearer")
        .setEffectiveFrom(from)
        .setClick(2 * config.getClick())
        .build();
  }
}

package io.searchloop.storefront;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts deliveries. Any thread. */
final class Tally {
  private final LongAdder given = new LongAdder();
  private final LongAdder stored = new LongAdder();
  private final Map<Loss, LongAdder> lost = new EnumMap<>(Loss.class);

  Tally() {
    for (Loss reason : Loss.values()) {
      lost.put(reason, new LongAdder());
    }
  }

  void given() {
    given.increment();
  }

  void count(Delivery delivery) {
    if (delivery instanceof Delivery.Lost loss) {
      lost.getOrDefault(loss.reason(), stored).increment();
    } else {
      stored.increment();
    }
  }

  /** The outcomes are read before what was given, so that none seems to come from nowhere. */
  DeliveryCounts counts() {
    Map<Loss, Long> losses = new EnumMap<>(Loss.class);
    lost.forEach((reason, count) -> losses.put(reason, count.sum()));
    long delivered = stored.sum();
    return new DeliveryCounts(given.sum(), delivered, losses);
  }
}

package io.searchloop.storefront;

import java.util.Map;

/**
 * How many events became what. While none is on its way, {@code given} is {@code stored} plus all
 * that is {@code lost}.
 *
 * @param given events handed over
 * @param stored events Kafka acknowledged
 * @param lost events that were not, by reason; a reason without any is there with 0
 */
public record DeliveryCounts(long given, long stored, Map<Loss, Long> lost) {
  public DeliveryCounts {
    lost = Map.copyOf(lost);
  }

  /** Events whose fate is not known yet. */
  public long underWay() {
    return given - stored - lost.values().stream().mapToLong(Long::longValue).sum();
  }
}

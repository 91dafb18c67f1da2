package io.searchloop.app.console.view;

import java.util.Map;

/**
 * What searches of a quarter of a minute earned.
 *
 * @param fromMs first instant, epoch milliseconds
 * @param arms reward per search by arm
 */
public record RewardPoint(long fromMs, Map<String, MeanFigures> arms) {
  /** Copies the map. */
  public RewardPoint {
    arms = Map.copyOf(arms);
  }
}

package io.searchloop.app.bench.traffic;

import java.time.Duration;

/**
 * How much traffic, how dense, and how long it stays open. With {@code s} searches a second and a
 * long window of {@code w} seconds, {@code s * w} impressions are open at any moment once {@code w}
 * seconds have passed.
 *
 * @param seed seed of everything random in it
 * @param openers searches before the traffic that are shown and nothing else; they fill the state
 * @param searches searches of the traffic itself
 * @param searchesPerSecond searches in a second of event time
 * @param shortWindow W1, from impression to base tuple
 * @param longWindow W2, from impression to the last correction
 */
public record TrafficShape(
    long seed,
    long openers,
    long searches,
    int searchesPerSecond,
    Duration shortWindow,
    Duration longWindow) {
  /** Outcomes come up to two and a half short windows after the impression. */
  private static final double LEAST_WINDOW_RATIO = 2.5;

  public TrafficShape {
    if (openers < 0 || searches < 1 || searchesPerSecond < 1) {
      throw new IllegalArgumentException(
          "Traffic of %d openers, %d searches, %d a second; expected 0, 1 and 1 at least."
              .formatted(openers, searches, searchesPerSecond));
    }
    if (longWindow.toMillis() < LEAST_WINDOW_RATIO * shortWindow.toMillis()) {
      throw new IllegalArgumentException(
          "Long window is %s, expected at least %s times the short one, %s."
              .formatted(longWindow, LEAST_WINDOW_RATIO, shortWindow));
    }
  }

  /**
   * Traffic that keeps a number of impressions open: as many openers fill the state, then as many
   * open as close. The windows stay as they are, so more open is a busier shop and nothing else.
   */
  public static TrafficShape keepingOpen(
      long open, long searches, Duration shortWindow, Duration longWindow, long seed) {
    int searchesPerSecond = Math.toIntExact(Math.max(1, open * 1000 / longWindow.toMillis()));
    return new TrafficShape(seed, open, searches, searchesPerSecond, shortWindow, longWindow);
  }

  /** Impressions that are open at any moment of the traffic. */
  public long open() {
    return longWindow.toMillis() * searchesPerSecond / 1000;
  }

  /** Openers and traffic. */
  long allSearches() {
    return openers + searches;
  }
}

package io.searchloop.app.bench.serving;

import java.time.Duration;

/**
 * What swaps are measured with.
 *
 * @param swaps how many
 * @param perSecond requests that arrive a second, whatever becomes of earlier ones
 * @param pause between the end of a swap and the next
 * @param tail how long after a swap its window ends
 * @param deadline after which a query is answered as typed
 * @param rescored decisions scored again by the session they name
 * @param small policies of a few thousand weights instead of the demo's size
 */
public record SwapPlan(
    int swaps,
    int perSecond,
    Duration pause,
    Duration tail,
    Duration deadline,
    int rescored,
    boolean small) {
  /** Rollouts a query. */
  static final int CANDIDATES = 2;

  public SwapPlan {
    if (swaps < 1 || perSecond < 1 || rescored < 1 || pause.isNegative() || tail.isNegative()) {
      throw new IllegalArgumentException(
          "%d swaps at %d requests a second, %d of them scored again; expected one at least of each."
              .formatted(swaps, perSecond, rescored));
    }
  }

  /** Measures. */
  public static SwapPlan full(int swaps, int perSecond) {
    return new SwapPlan(
        swaps,
        perSecond,
        Duration.ofMillis(300),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        2_000,
        false);
  }

  /** Shows that everything works, not how fast: no machine is too slow for its deadline. */
  public static SwapPlan quick() {
    return new SwapPlan(
        6, 20, Duration.ofMillis(100), Duration.ofMillis(50), Duration.ofSeconds(30), 100, true);
  }
}

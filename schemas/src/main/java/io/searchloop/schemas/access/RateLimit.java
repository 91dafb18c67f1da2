package io.searchloop.schemas.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Lets each key pass so many times in a period. Bounded in memory. Any thread. */
public final class RateLimit {
  private static final int MOST_KEYS = 10_000;

  private final int times;
  private final Duration period;
  private final InstantSource clock;
  private final Map<String, Window> windows = new HashMap<>();

  private record Window(Instant end, int passed) {}

  /**
   * @param times how often a key passes in a period, which begins when it first does
   */
  public RateLimit(int times, Duration period, InstantSource clock) {
    this.times = times;
    this.period = period;
    this.clock = clock;
  }

  /** Whether a key passes now. Where more keys come than it can tell apart, new ones do not. */
  public synchronized boolean pass(String key) {
    Instant now = clock.instant();
    if (windows.size() >= MOST_KEYS) {
      windows.values().removeIf(window -> !now.isBefore(window.end()));
    }
    Window found = windows.get(key);
    if (found == null || !now.isBefore(found.end())) {
      if (found == null && windows.size() >= MOST_KEYS) {
        return false;
      }
      windows.put(key, new Window(now.plus(period), 1));
      return true;
    }
    if (found.passed() >= times) {
      return false;
    }
    windows.put(key, new Window(found.end(), found.passed() + 1));
    return true;
  }
}

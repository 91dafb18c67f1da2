package io.searchloop.app.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How long each part of a replay took, wall clock. One thread. */
final class Stopwatch {
  private final InstantSource clock;
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  Stopwatch(InstantSource clock) {
    this.clock = clock;
  }

  <T> T time(String part, Supplier<T> work) {
    Instant start = clock.instant();
    T result = work.get();
    seconds.put(part, Duration.between(start, clock.instant()).toMillis() / 1000.0);
    return result;
  }

  void time(String part, Runnable work) {
    time(
        part,
        () -> {
          work.run();
          return part;
        });
  }

  /** Seconds by part, in the order they were done. */
  Map<String, Double> seconds() {
    return Collections.unmodifiableMap(seconds);
  }
}

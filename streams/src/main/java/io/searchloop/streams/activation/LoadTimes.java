package io.searchloop.streams.activation;

import java.time.Duration;
import java.util.Map;

/**
 * What took how long between wanting a release and having it ready.
 *
 * @param fetch reading pieces from Kafka
 * @param verify signature, applying deltas, hashes
 * @param open unpacking and opening the session
 * @param test the self-test, which also warms the session
 */
public record LoadTimes(Duration fetch, Duration verify, Duration open, Duration test) {
  /** Phases by name. */
  public Map<String, Duration> byPhase() {
    return Map.of("fetch", fetch, "verify", verify, "open", open, "test", test);
  }
}

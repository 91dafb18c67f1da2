package io.searchloop.streams.feed;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a feed settles: once there are news, and again while it fails, ever more rarely, since
 * settling may index a whole catalogue. News end a long pause, but not the shortest. One thread.
 */
final class Settling {
  private static final Logger log = LoggerFactory.getLogger(Settling.class);
  private static final Duration SHORTEST = Duration.ofMillis(500);
  private static final IntervalFunction PAUSES =
      IntervalFunction.ofExponentialBackoff(SHORTEST, 2, Duration.ofSeconds(30));

  private final String feed;
  private final Runnable settle;
  private final LongSupplier nanos;
  private boolean wanted = true;
  private int failures;
  private long failedAt;
  private Duration pause = Duration.ZERO;

  /**
   * @param nanos a clock that only advances
   */
  Settling(String feed, Runnable settle, LongSupplier nanos) {
    this.feed = feed;
    this.settle = settle;
    this.nanos = nanos;
  }

  /** Records have come. */
  void news() {
    wanted = true;
    pause = pause.compareTo(SHORTEST) > 0 ? SHORTEST : pause;
  }

  /** It is time to settle although nothing has come. */
  void due() {
    wanted = true;
  }

  /** Whether to settle now. */
  boolean wanted() {
    return wanted && (failures == 0 || nanos.getAsLong() - failedAt >= pause.toNanos());
  }

  /**
   * Settles; a failure is logged and tried again.
   *
   * @throws KafkaException when Kafka is away, which is for the feed to wait for
   */
  void run() {
    try {
      settle.run();
      wanted = false;
      failures = 0;
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      failures++;
      failedAt = nanos.getAsLong(); // now: the attempt itself may have taken long
      pause = Duration.ofMillis(PAUSES.apply(failures));
      log.error("Feed could not settle, tries again: feed={} in={}", feed, pause, e);
    }
  }
}

package io.searchloop.streams.feed;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a feed settles: once there are news, and again while it fails, ever more rarely, since
 * settling may index a whole catalogue. News are tried at once. One thread.
 */
final class Settling {
  private static final Logger log = LoggerFactory.getLogger(Settling.class);
  private static final IntervalFunction PAUSES =
      IntervalFunction.ofExponentialBackoff(Duration.ofMillis(500), 2, Duration.ofSeconds(30));

  private final String feed;
  private final Runnable settle;
  private boolean wanted = true;
  private int failures;
  private long againAtNanos;

  Settling(String feed, Runnable settle) {
    this.feed = feed;
    this.settle = settle;
  }

  /** Records have come. */
  void news() {
    wanted = true;
    failures = 0;
  }

  /** It is time to settle although nothing has come. */
  void due() {
    wanted = true;
  }

  /**
   * Whether to settle now.
   *
   * @param nanos of a clock that only advances
   */
  boolean wanted(long nanos) {
    return wanted && (failures == 0 || nanos - againAtNanos >= 0);
  }

  /**
   * Settles; a failure is logged and tried again.
   *
   * @throws KafkaException when Kafka is away, which is for the feed to wait for
   */
  void run(long nanos) {
    try {
      settle.run();
      wanted = false;
      failures = 0;
    } catch (KafkaException e) {
      throw e;
    } catch (RuntimeException e) {
      failures++;
      Duration pause = Duration.ofMillis(PAUSES.apply(failures));
      againAtNanos = nanos + pause.toNanos();
      log.error("Feed could not settle, tries again: feed={} in={}", feed, pause, e);
    }
  }
}

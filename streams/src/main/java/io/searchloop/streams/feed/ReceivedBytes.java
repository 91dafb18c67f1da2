package io.searchloop.streams.feed;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;

/**
 * Whether a consumer received anything since it was last asked, by its own count of bytes: what it
 * is given to deliver does not tell, because a quiet topic and a broker that is away look alike.
 * Owned by the feed's thread.
 */
final class ReceivedBytes {
  private final Metric total;
  private double seen;

  /**
   * @throws IllegalStateException when the consumer does not count what it receives
   */
  ReceivedBytes(Consumer<?, ?> consumer) {
    this.total =
        consumer.metrics().entrySet().stream()
            .filter(e -> e.getKey().name().equals("incoming-byte-total"))
            .filter(e -> e.getKey().group().equals("consumer-metrics"))
            .findFirst()
            .<Metric>map(e -> e.getValue())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Kafka's consumer has no metric incoming-byte-total; look for its new name."));
  }

  boolean grew() {
    double now = (Double) total.metricValue();
    boolean grew = now > seen;
    seen = now;
    return grew;
  }
}

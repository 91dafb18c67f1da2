package io.searchloop.streams.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * When the feeds of a worker last heard from Kafka. Nobody else would say: a consumer whose broker
 * is away polls on like one that has nothing to read. But a broker answers every fetch within half
 * a second, empty or not, so that silence of some seconds means that it is away. Give one to
 * several feeds: one of them may be busy loading a policy meanwhile.
 *
 * <p>Safe for any thread.
 */
public final class KafkaContact implements FeedListener {
  private static final Duration AWAY_AFTER = Duration.ofSeconds(5);

  private final InstantSource clock;
  private final FeedListener records;
  private volatile Instant heardAt;

  /**
   * @param clock measures silence, from now on
   * @param records hears what the feeds could not deliver
   */
  public KafkaContact(InstantSource clock, FeedListener records) {
    this.clock = clock;
    this.records = records;
    this.heardAt = clock.instant();
  }

  /** How long Kafka has said nothing. */
  public Duration silence() {
    return Duration.between(heardAt, clock.instant());
  }

  /** Whether so long that it is away. */
  public boolean away() {
    return silence().compareTo(AWAY_AFTER) >= 0;
  }

  @Override
  public void heard() {
    heardAt = clock.instant();
  }

  @Override
  public void skipped(String topic, String reason) {
    records.skipped(topic, reason);
  }
}

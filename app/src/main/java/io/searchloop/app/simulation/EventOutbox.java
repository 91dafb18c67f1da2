package io.searchloop.app.simulation;

import io.searchloop.schemas.SearchEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events when their time has come, the way networks do: in batches of many visitors, some
 * events twice, some late and hence out of order. A refused batch is kept and sent again, up to
 * {@value #MOST_WAITING} waiting events; what does not fit is dropped and counted.
 *
 * <p>{@link #plan} may be called by any thread; {@link #flush} by one at a time.
 */
final class EventOutbox {
  private static final Logger LOG = LoggerFactory.getLogger(EventOutbox.class);
  private static final int MOST_WAITING = 50_000;
  private static final int BATCH = 500;

  private final StorefrontClient shop;
  private final ShopperConfig config;
  private final Timeline timeline;
  private final Tally tally;
  private final ConcurrentLinkedDeque<SearchEvent> due = new ConcurrentLinkedDeque<>();

  EventOutbox(StorefrontClient shop, ShopperConfig config, Timeline timeline, Tally tally) {
    this.shop = shop;
    this.config = config;
    this.timeline = timeline;
    this.tally = tally;
  }

  /** Schedules what a shopper is going to do. */
  void plan(List<SearchEvent> events, RandomGenerator random) {
    Instant now = timeline.instant();
    for (SearchEvent event : events) {
      tally.planned.increment();
      Duration delay = Duration.between(now, event.getTimestamp());
      if (random.nextDouble() < config.shuffleShare()) {
        delay = delay.plus(shuffle(random));
      }
      deliver(event, delay);
      if (random.nextDouble() < config.duplicateShare()) {
        tally.duplicates.increment();
        deliver(event, delay.plus(shuffle(random)));
      }
    }
  }

  /** Sends everything that is due. After a failure that may pass, the rest waits for next time. */
  void flush() {
    for (List<SearchEvent> batch = nextBatch(); !batch.isEmpty(); batch = nextBatch()) {
      try {
        shop.send(batch);
        tally.sent(batch);
      } catch (StorefrontException e) {
        tally.failedSends.increment();
        LOG.debug("A batch of {} events was not taken: {}", batch.size(), e.getMessage());
        if (!e.retryable()) {
          tally.dropped.add(batch.size());
        } else {
          keep(batch);
          return;
        }
      }
    }
  }

  private void deliver(SearchEvent event, Duration delay) {
    if (delay.isNegative() || delay.isZero()) {
      due.add(event);
    } else {
      timeline.after(delay, () -> due.add(event));
    }
  }

  private List<SearchEvent> nextBatch() {
    List<SearchEvent> batch = new ArrayList<>();
    for (SearchEvent event = due.poll(); event != null; event = due.poll()) {
      batch.add(event);
      if (batch.size() == BATCH) {
        break;
      }
    }
    return batch;
  }

  private void keep(List<SearchEvent> batch) {
    if (due.size() + batch.size() > MOST_WAITING) {
      tally.dropped.add(batch.size());
      return;
    }
    for (int i = batch.size() - 1; i >= 0; i--) {
      due.addFirst(batch.get(i));
    }
  }

  private Duration shuffle(RandomGenerator random) {
    return Duration.ofMillis(random.nextLong(1, config.shuffleDelay().toMillis() + 1));
  }
}

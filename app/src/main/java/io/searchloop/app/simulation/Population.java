package io.searchloop.app.simulation;

import io.searchloop.app.dataset.Dataset;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream of shoppers. Visitors arrive as a Poisson process; each is new, has one session of one
 * to three searches, and goes. When the shop is slow, at most {@value #MOST_WAITING} visitors wait;
 * further ones are turned away and counted, so that load never piles up unseen.
 *
 * <p>The timeline's threads do the work. The same seed gives every visitor the same generator;
 * their ids also carry the time of the start, so a second run on the same log never repeats one.
 */
public final class Population implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Population.class);
  private static final int MOST_SEARCHES = 3;
  private static final double MEAN_SEARCHES = (1 + MOST_SEARCHES) / 2.0;
  private static final int MOST_WAITING = 64;
  private static final Duration LONGEST_CATCH_UP = Duration.ofSeconds(1);

  private final QueryChoice queries;
  private final ClickModel clicks;
  private final StorefrontClient shop;
  private final ShopperConfig config;
  private final Timeline timeline;
  private final SplittableRandom arrivals;
  private final Tally tally = new Tally();
  private final EventOutbox outbox;
  private final String run;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicBoolean open = new AtomicBoolean(true);
  private Instant nextArrival;

  /**
   * @param dataset whose train queries are typed and whose judgments decide
   * @param shop where they shop; not closed with the population
   * @param timeline owned by the population and closed with it
   */
  public Population(
      Dataset dataset, StorefrontClient shop, ShopperConfig config, Timeline timeline) {
    this.queries = new QueryChoice(dataset, config.queries());
    this.clicks = new ClickModel(dataset.scale(), config);
    this.shop = shop;
    this.config = config;
    this.timeline = timeline;
    this.arrivals = new SplittableRandom(config.seed());
    this.outbox = new EventOutbox(shop, config, timeline, tally);
    this.nextArrival = timeline.instant();
    this.run = Long.toString(nextArrival.toEpochMilli(), Character.MAX_RADIX);
  }

  /** Opens the doors; call once. */
  public void start() {
    timeline.after(Duration.ZERO, this::arrive);
    timeline.after(config.flushInterval(), this::flush);
  }

  /** What happened so far. */
  public PopulationCounts counts() {
    return tally.snapshot();
  }

  /** Stops arrivals, delivers what is due, and forgets what shoppers were still going to do. */
  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      timeline.close();
      outbox.flush();
      LOG.info("Shoppers left: {}", counts());
    }
  }

  /** Runs one at a time: it schedules its successor only after the last use of its fields. */
  private void arrive() {
    SplittableRandom random = arrivals.split();
    if (waiting.get() < MOST_WAITING) {
      tally.sessions.increment();
      Visitor visitor = visitor("v" + run + "-" + tally.sessions.sum(), random);
      int searches = 1 + random.nextInt(MOST_SEARCHES);
      waiting.incrementAndGet();
      timeline.after(Duration.ZERO, () -> search(visitor, searches));
    } else {
      tally.skippedSessions.increment();
    }
    scheduleNextArrival();
  }

  private Visitor visitor(String id, SplittableRandom random) {
    if (config.robotShare() > 0 && random.nextDouble() < config.robotShare()) {
      tally.robots.increment();
      return new Robot(id, random);
    }
    return new Shopper(id, clicks, config, random);
  }

  private void scheduleNextArrival() {
    double seconds = arrivals.nextExponential() * MEAN_SEARCHES / config.searchesPerSecond();
    Instant now = timeline.instant();
    Instant earliest = now.minus(LONGEST_CATCH_UP);
    nextArrival = nextArrival.isBefore(earliest) ? earliest : nextArrival;
    nextArrival = nextArrival.plusNanos(Math.round(seconds * 1e9));
    timeline.after(Duration.between(now, nextArrival), this::arrive);
  }

  private void search(Visitor visitor, int searches) {
    try {
      outbox.plan(visitor.search(queries.next(visitor.random()), shop, timeline), visitor.random());
      tally.searches.increment();
    } catch (StorefrontException e) {
      tally.failedSearches.increment();
      LOG.debug("A search failed: {}", e.getMessage());
    } finally {
      waiting.decrementAndGet();
    }
    if (searches > 1) {
      timeline.after(
          config.thinkTime(),
          () -> {
            waiting.incrementAndGet();
            search(visitor, searches - 1);
          });
    }
  }

  private void flush() {
    try {
      outbox.flush();
    } finally {
      timeline.after(config.flushInterval(), this::flush);
    }
  }
}

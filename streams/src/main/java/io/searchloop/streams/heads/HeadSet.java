package io.searchloop.streams.heads;

import io.searchloop.policy.rewrite.QueryText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The head queries of a moment ago, so that no request pays for a walk through the counts. A query
 * is in the set when it is among the {@code size} most frequent and was asked {@code minCount}
 * times: on a quiet day the most frequent queries are no head either.
 *
 * <p>{@link #of} is safe for any thread; one daemon thread refreshes.
 */
public final class HeadSet implements QueryStrata, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HeadSet.class);
  private static final Duration REFRESH = Duration.ofSeconds(2);

  /** The most of one thread's time that refreshing takes, however many queries are counted. */
  private static final int SHARE = 10;

  private final HeadQueries heads;
  private final int size;
  private final long minCount;
  private final InstantSource clock;
  private final ScheduledExecutorService refresher =
      Executors.newSingleThreadScheduledExecutor(HeadSet::thread);
  private volatile @Nullable Set<String> known;
  private volatile List<HeadQuery> order = List.of();

  /**
   * @param heads the counts
   * @param size most queries in the set, from one
   * @param minCount least count of each, from one
   * @param clock measures refreshing
   */
  public HeadSet(HeadQueries heads, int size, long minCount, InstantSource clock) {
    this.heads = heads;
    this.size = size;
    this.minCount = minCount;
    this.clock = clock;
  }

  /** Starts refreshing. */
  public void start() {
    refreshAfter(Duration.ZERO);
  }

  @Override
  public Stratum of(String query) {
    Set<String> now = known;
    if (now == null) {
      return Stratum.UNKNOWN;
    }
    return now.contains(QueryText.normalise(query)) ? Stratum.HEAD : Stratum.TAIL;
  }

  /** The queries in the set, the most frequent first; the same list until they are read again. */
  public List<HeadQuery> order() {
    return order;
  }

  /** Reads the counts; keeps what it has while they cannot be read. */
  void refresh() {
    heads.top(size).ifPresent(this::take);
  }

  private void take(List<HeadQuery> top) {
    order = top.stream().filter(head -> head.count() >= minCount).toList();
    known = order.stream().map(HeadQuery::query).collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void close() {
    refresher.shutdownNow();
  }

  private void refreshAfter(Duration delay) {
    try {
      ScheduledFuture<?> unused =
          refresher.schedule(this::tryRefresh, delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      log.debug("Head queries are not refreshed any more");
    }
  }

  /** Goes on whatever happens: the next refresh may well succeed. */
  private void tryRefresh() {
    Instant begun = clock.instant();
    try {
      refresh();
    } catch (RuntimeException e) {
      log.warn("Head queries not refreshed: reason={}", e.getMessage());
    }
    Duration rest = Duration.between(begun, clock.instant()).multipliedBy(SHARE);
    refreshAfter(rest.compareTo(REFRESH) > 0 ? rest : REFRESH);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "head-set");
    thread.setDaemon(true);
    return thread;
  }
}

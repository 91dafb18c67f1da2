package io.searchloop.streams.heads;

import io.searchloop.policy.rewrite.QueryText;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
  private static final long REFRESH_MS = 2_000;

  private final HeadQueries heads;
  private final int size;
  private final long minCount;
  private final ScheduledExecutorService refresher =
      Executors.newSingleThreadScheduledExecutor(HeadSet::thread);
  private volatile @Nullable Set<String> known;

  /**
   * @param heads the counts
   * @param size most queries in the set, from one
   * @param minCount least count of each, from one
   */
  public HeadSet(HeadQueries heads, int size, long minCount) {
    this.heads = heads;
    this.size = size;
    this.minCount = minCount;
  }

  /** Starts refreshing. */
  public void start() {
    refresher.scheduleWithFixedDelay(this::tryRefresh, 0, REFRESH_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public Stratum of(String query) {
    Set<String> now = known;
    if (now == null) {
      return Stratum.UNKNOWN;
    }
    return now.contains(QueryText.normalise(query)) ? Stratum.HEAD : Stratum.TAIL;
  }

  /** Reads the counts; keeps what it has while they cannot be read. */
  void refresh() {
    heads
        .top(size)
        .ifPresent(
            top ->
                known =
                    top.stream()
                        .filter(head -> head.count() >= minCount)
                        .map(HeadQuery::query)
                        .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public void close() {
    refresher.shutdownNow();
  }

  /** A scheduled task that throws once never runs again; the next refresh may well succeed. */
  private void tryRefresh() {
    try {
      refresh();
    } catch (RuntimeException e) {
      log.warn("Head queries not refreshed: reason={}", e.getMessage());
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "head-set");
    thread.setDaemon(true);
    return thread;
  }
}

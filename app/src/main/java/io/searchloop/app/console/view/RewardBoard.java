package io.searchloop.app.console.view;

import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.TupleOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What searches earned, by arm over time and by policy version: base tuples and their corrections.
 * Remembers single searches as long as corrections may come, at most {@link #MOST_SEARCHES}; a
 * correction of a forgotten search is counted, not guessed. Thread-safe.
 */
final class RewardBoard {
  /** Searches remembered one by one. */
  static final int MOST_SEARCHES = 200_000;

  /** Buckets of the chart. */
  static final Duration BUCKET = Duration.ofSeconds(15);

  private static final int MOST_BUCKETS = 240;
  private static final int MOST_VERSIONS = 2_000;

  private final Map<String, Search> searches = new LinkedHashMap<>();
  private final TreeMap<Long, Map<String, RunningMean>> buckets = new TreeMap<>();
  private final TreeMap<Long, RunningMean> versions = new TreeMap<>();
  private long forgotten;

  private static final class Search {
    final RunningMean ofBucket;
    final RunningMean ofVersion;
    double reward;

    Search(RunningMean ofBucket, RunningMean ofVersion) {
      this.ofBucket = ofBucket;
      this.ofVersion = ofVersion;
    }
  }

  /**
   * Takes a tuple in. Merged pages and engine rewards are left out: their rollouts were not shown
   * alone.
   */
  synchronized void add(RewardTuple tuple) {
    if (tuple.getOrigin() != TupleOrigin.ASSIGNED && tuple.getOrigin() != TupleOrigin.SLATE) {
      return;
    }
    Search search = searches.get(tuple.getQueryId());
    if (search != null) {
      search.ofBucket.change(search.reward, search.reward + tuple.getReward());
      search.ofVersion.change(search.reward, search.reward + tuple.getReward());
      search.reward += tuple.getReward();
    } else if (tuple.getSequence() == 0) {
      begin(tuple);
    } else {
      forgotten++;
    }
  }

  /** Reward per search of each arm over searches shown since an instant. */
  synchronized Map<String, MeanFigures> since(Instant start) {
    Map<String, RunningMean> arms = new TreeMap<>();
    for (Map<String, RunningMean> bucket : buckets.tailMap(bucket(start.toEpochMilli())).values()) {
      bucket.forEach((arm, mean) -> arms.computeIfAbsent(arm, a -> new RunningMean()).add(mean));
    }
    Map<String, MeanFigures> figures = new TreeMap<>();
    arms.forEach((arm, mean) -> figures.put(arm, mean.figures()));
    return figures;
  }

  /** The figures of each bucket, oldest first. */
  synchronized List<RewardPoint> points() {
    List<RewardPoint> points = new ArrayList<>();
    buckets.forEach(
        (bucket, arms) -> {
          Map<String, MeanFigures> figures = new TreeMap<>();
          arms.forEach((arm, mean) -> figures.put(arm, mean.figures()));
          points.add(new RewardPoint(bucket * BUCKET.toMillis(), figures));
        });
    return points;
  }

  /** Reward per search of a version, whichever arm served it. */
  synchronized MeanFigures ofVersion(long version) {
    RunningMean mean = versions.get(version);
    return mean == null ? MeanFigures.NONE : mean.figures();
  }

  /** Corrections of searches that are no longer remembered, or were shown before the history. */
  synchronized long forgotten() {
    return forgotten;
  }

  private void begin(RewardTuple tuple) {
    Map<String, RunningMean> bucket =
        buckets.computeIfAbsent(
            bucket(tuple.getImpressionTime().toEpochMilli()), b -> new TreeMap<>());
    Search search =
        new Search(
            bucket.computeIfAbsent(tuple.getArm(), arm -> new RunningMean()),
            versions.computeIfAbsent(tuple.getPolicyVersion(), version -> new RunningMean()));
    search.reward = tuple.getReward();
    search.ofBucket.add(search.reward);
    search.ofVersion.add(search.reward);
    searches.put(tuple.getQueryId(), search);
    shrink();
  }

  private void shrink() {
    if (searches.size() > MOST_SEARCHES) {
      Iterator<String> oldest = searches.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
    while (buckets.size() > MOST_BUCKETS) {
      buckets.pollFirstEntry();
    }
    while (versions.size() > MOST_VERSIONS) {
      versions.pollFirstEntry();
    }
  }

  private static long bucket(long timeMs) {
    return Math.floorDiv(timeMs, BUCKET.toMillis());
  }
}

package io.searchloop.trainer.offline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which queries a step learns from: every query once an epoch, shuffled anew each time. A function
 * of seed and step, so that a resumed run needs no memory of it. One thread.
 */
final class QueryOrder {
  private final List<String> queries;
  private final int perStep;
  private final long seed;
  private List<String> shuffled = List.of();
  private long epoch = -1;

  QueryOrder(List<String> queries, int perStep, long seed) {
    if (queries.isEmpty()) {
      throw new IllegalArgumentException(
          "Engine-feedback learning found no query, expected at least one. Give it train queries.");
    }
    this.queries = List.copyOf(queries);
    this.perStep = perStep;
    this.seed = seed;
  }

  /** Queries of a step, counted from zero. */
  List<String> at(long step) {
    List<String> chosen = new ArrayList<>(perStep);
    for (long i = step * perStep; i < (step + 1) * perStep; i++) {
      shuffle(i / queries.size());
      chosen.add(shuffled.get((int) (i % queries.size())));
    }
    return chosen;
  }

  private void shuffle(long wanted) {
    if (wanted != epoch) {
      epoch = wanted;
      shuffled = new ArrayList<>(queries);
      Collections.shuffle(shuffled, new Random(seed * 31 + wanted));
    }
  }
}

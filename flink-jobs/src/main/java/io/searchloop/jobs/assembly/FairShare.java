package io.searchloop.jobs.assembly;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses what goes into a minibatch: one item of each waiting query in turn, the one waiting
 * longest first, up to a cap for each query; only a query that waits alone may take the rest. A
 * query that was served goes behind those that were not. Example: queries a a a a b c, four items
 * with a cap of two: taken are a b c a; a's other two wait. Immutable; depends on nothing but the
 * order of the items.
 *
 * @param taken the minibatch
 * @param left what waits on, in the order it is served next
 */
record FairShare(List<TrainingItem> taken, List<TrainingItem> left) {

  static FairShare of(List<TrainingItem> waiting, int size, int perQuery) {
    Map<String, Deque<TrainingItem>> queries = new LinkedHashMap<>();
    for (TrainingItem item : waiting) {
      queries.computeIfAbsent(item.groupKey(), query -> new ArrayDeque<>()).add(item);
    }
    List<TrainingItem> taken = new ArrayList<>();
    Set<String> served = new HashSet<>();
    for (int round = 0; !queries.isEmpty() && taken.size() < size; round++) {
      if (round >= perQuery && queries.size() > 1) {
        break;
      }
      for (Map.Entry<String, Deque<TrainingItem>> query : queries.entrySet()) {
        if (taken.size() < size) {
          taken.add(query.getValue().remove());
          served.add(query.getKey());
        }
      }
      queries.values().removeIf(Deque::isEmpty);
    }
    return new FairShare(taken, left(queries, served));
  }

  private static List<TrainingItem> left(
      Map<String, Deque<TrainingItem>> queries, Set<String> served) {
    List<TrainingItem> left = new ArrayList<>();
    List<TrainingItem> behind = new ArrayList<>();
    queries.forEach((query, items) -> (served.contains(query) ? behind : left).addAll(items));
    left.addAll(behind);
    return left;
  }
}

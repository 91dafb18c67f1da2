package io.searchloop.learning.credit;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Chance made complete: a generator that, run after run, makes every sequence of choices once.
 *
 * <pre>
 *   do { use(choices); } while (choices.next());
 * </pre>
 */
final class EveryChoice implements RandomGenerator {
  private final List<Integer> made = new ArrayList<>();
  private final List<Integer> bounds = new ArrayList<>();
  private int at;

  @Override
  public int nextInt(int bound) {
    if (at == made.size()) {
      made.add(0);
      bounds.add(bound);
    }
    return made.get(at++);
  }

  @Override
  public long nextLong() {
    throw new UnsupportedOperationException("Only choices among a few: call nextInt(bound).");
  }

  /** Chance of the choices made since the last {@link #next}. */
  double probability() {
    return bounds.stream().mapToDouble(bound -> 1.0 / bound).reduce(1, (a, b) -> a * b);
  }

  /** Starts over with other choices; false when all were made. */
  boolean next() {
    at = 0;
    for (int last = made.size() - 1; last >= 0; last--) {
      if (made.get(last) + 1 < bounds.get(last)) {
        made.set(last, made.get(last) + 1);
        return true;
      }
      made.remove(last);
      bounds.remove(last);
    }
    return false;
  }
}

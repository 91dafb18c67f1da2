package io.searchloop.app.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws from lists with an injected generator, which {@code Collections.shuffle} cannot. */
final class Draw {
  private Draw() {}

  static <T> T one(List<T> from, RandomGenerator random) {
    return from.get(random.nextInt(from.size()));
  }

  /** A copy in random order (Fisher and Yates). */
  static <T> List<T> shuffled(List<T> list, RandomGenerator random) {
    List<T> copy = new ArrayList<>(list);
    for (int i = copy.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      T swapped = copy.get(i);
      copy.set(i, copy.get(j));
      copy.set(j, swapped);
    }
    return copy;
  }
}

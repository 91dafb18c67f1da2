package io.searchloop.jobs.assembly;

import io.searchloop.schemas.RewardTuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Tuples of all origins in the order of a log: base tuples, and corrections and purchases while
 * their base is still remembered. Rewards are whole and few, so that flat groups are frequent.
 */
final class RandomTuples {
  private final Random random;
  private final Map<RewardTuple, Integer> sequences = new HashMap<>();
  private final List<RewardTuple> bases = new ArrayList<>();
  private final List<RewardTuple> tuples = new ArrayList<>();

  private RandomTuples(long seed) {
    random = new Random(seed);
  }

  static List<RewardTuple> of(long seed, int moments) {
    RandomTuples history = new RandomTuples(seed);
    for (int i = 0; i < moments; i++) {
      history.moment(i, 1_000 + i);
    }
    return history.tuples;
  }

  private void moment(int i, long time) {
    switch (random.nextInt(8)) {
      case 0, 1 -> outcome(time);
      case 2 -> page("p" + i, time);
      case 3 -> {
        for (int candidate = 0; candidate < 3; candidate++) {
          base(Tuples.byEngine("e" + i, candidate, reward(), time));
        }
      }
      case 4 -> base(Tuples.ofSlate("r#" + random.nextInt(3), "s" + i, reward(), time));
      default -> base(Tuples.base("a" + i, 2 * random.nextInt(4), reward(), time));
    }
    if (random.nextInt(20) == 0) {
      tuples.add(tuples.get(tuples.size() - 1));
    }
  }

  private void page(String queryId, long time) {
    for (int candidate = 0; candidate < 4; candidate++) {
      double preference = random.nextInt(4) == 0 ? 10 : 0;
      base(Tuples.onPage(queryId, candidate, reward(), preference, time));
    }
  }

  private void base(RewardTuple tuple) {
    bases.add(tuple);
    tuples.add(tuple);
  }

  private void outcome(long time) {
    if (bases.isEmpty()) {
      base(Tuples.base("first", 0, reward(), time));
      return;
    }
    RewardTuple base = bases.get(bases.size() - 1 - random.nextInt(Math.min(400, bases.size())));
    int sequence = sequences.merge(base, 1, Integer::sum);
    double change = random.nextBoolean() ? 3 : -3;
    tuples.add(
        Comparison.onPage(base) && random.nextBoolean()
            ? Tuples.purchase(base, sequence, change, time)
            : Tuples.correction(base, sequence, change));
  }

  private double reward() {
    return random.nextInt(4);
  }
}

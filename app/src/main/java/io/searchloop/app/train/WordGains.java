package io.searchloop.app.train;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What added words earned in the queries that they were tried in, and what to expect of them in
 * another one:
 *
 * <pre>
 *   mean(t, w)  = sum of gains of w in queries with t / (queries with t + 3)
 *   error(t, w) = standard deviation of those gains / sqrt(trials)
 *   score(q, w) = sum over words t of q of mean(t, w) - error(t, w) / 2, pairs of 3 trials at least
 * </pre>
 *
 * <p>Where a word was not tried in a query with t it counts as no gain: its products say nothing of
 * it. A query's own trials never count for it. Example: "hood" gained .2, .1 and .3 in three of 7
 * queries with "range": mean .6 / 10, error .1 x .8165 / 1.732, score .06 - .0236. One thread adds,
 * then any may ask.
 */
final class WordGains {
  private static final int LEAST_TRIALS = 3;
  private static final double SHRINKAGE = 3;
  private static final double CAUTION = .5;

  private final Map<String, Integer> queriesWith = new HashMap<>();
  private final Map<String, Map<String, Sums>> pairs = new HashMap<>();

  private static final class Sums {
    private int trials;
    private double gains;
    private double squares;

    void add(double gain) {
      trials++;
      gains += gain;
      squares += gain * gain;
    }
  }

  /**
   * Takes a query's trials in.
   *
   * @param typed its words
   * @param gains what each added word earned
   */
  void add(Set<String> typed, Map<String, Double> gains) {
    for (String word : typed) {
      queriesWith.merge(word, 1, Integer::sum);
      Map<String, Sums> added = pairs.computeIfAbsent(word, w -> new HashMap<>());
      gains.forEach((other, gain) -> added.computeIfAbsent(other, o -> new Sums()).add(gain));
    }
  }

  /**
   * What each word can be expected to earn in a query.
   *
   * @param typed its words
   * @param own gains of the query itself where it was added, else none
   */
  Map<String, Double> expected(Set<String> typed, Map<String, Double> own) {
    Map<String, Double> scores = new TreeMap<>();
    for (String word : typed) {
      Map<String, Sums> added = pairs.getOrDefault(word, Map.of());
      int queries = queriesWith.getOrDefault(word, 0) - (own.isEmpty() ? 0 : 1);
      added.forEach(
          (other, sums) -> {
            if (!typed.contains(other)) {
              score(sums, queries, own.get(other))
                  .ifPresent(score -> scores.merge(other, score, Double::sum));
            }
          });
    }
    return scores;
  }

  private static OptionalDouble score(Sums sums, int queries, @Nullable Double own) {
    int trials = sums.trials - (own == null ? 0 : 1);
    if (trials < LEAST_TRIALS) {
      return OptionalDouble.empty();
    }
    double gains = sums.gains - (own == null ? 0 : own);
    double squares = sums.squares - (own == null ? 0 : own * own);
    double variance = Math.max(0, squares / trials - Math.pow(gains / trials, 2));
    return OptionalDouble.of(
        gains / (queries + SHRINKAGE) - CAUTION * Math.sqrt(variance / trials));
  }
}

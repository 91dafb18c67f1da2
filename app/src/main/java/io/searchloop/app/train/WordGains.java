package io.searchloop.app.train;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

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
 * it. Trials of a query and of its near duplicates never count for it. Example: "hood" gained .2,
 * .1 and .3 in three of 7 queries with "range": mean .6 / 10, error .1 x .8165 / 1.732, score .06 -
 * .0236. One thread adds, then any may ask.
 */
final class WordGains {
  private static final int LEAST_TRIALS = 3;
  private static final double SHRINKAGE = 3;
  private static final double CAUTION = .5;

  private final Map<String, Integer> queriesWith = new HashMap<>();
  private final Map<String, Map<String, Sums>> pairs = new HashMap<>();

  /**
   * What was tried in a query.
   *
   * @param typed its words
   * @param gains what each added word earned; none where nothing was there to try
   */
  record Trials(Set<String> typed, Map<String, Double> gains) {}

  private record Sums(int trials, double gains, double squares) {
    static final Sums NONE = new Sums(0, 0, 0);

    Sums plus(double gain) {
      return new Sums(trials + 1, gains + gain, squares + gain * gain);
    }

    Sums less(Sums other) {
      return new Sums(trials - other.trials, gains - other.gains, squares - other.squares);
    }
  }

  /** Takes a query's trials in. */
  void add(Trials query) {
    for (String word : query.typed()) {
      queriesWith.merge(word, 1, Integer::sum);
      Map<String, Sums> added = pairs.computeIfAbsent(word, w -> new HashMap<>());
      query
          .gains()
          .forEach(
              (other, gain) -> added.put(other, added.getOrDefault(other, Sums.NONE).plus(gain)));
    }
  }

  /**
   * What each word can be expected to earn in a query.
   *
   * @param typed its words
   * @param own trials that were added and say nothing here: the query's and its near duplicates'
   */
  Map<String, Double> expected(Set<String> typed, Collection<Trials> own) {
    Map<String, Double> scores = new TreeMap<>();
    for (String word : typed) {
      List<Trials> left = own.stream().filter(one -> one.typed().contains(word)).toList();
      int queries = queriesWith.getOrDefault(word, 0) - left.size();
      pairs
          .getOrDefault(word, Map.of())
          .forEach(
              (other, sums) -> {
                if (!typed.contains(other)) {
                  score(sums.less(sums(left, other)), queries)
                      .ifPresent(score -> scores.merge(other, score, Double::sum));
                }
              });
    }
    return scores;
  }

  private static Sums sums(List<Trials> trials, String word) {
    Sums sums = Sums.NONE;
    for (Trials one : trials) {
      Double gain = one.gains().get(word);
      sums = gain == null ? sums : sums.plus(gain);
    }
    return sums;
  }

  private static OptionalDouble score(Sums sums, int queries) {
    if (sums.trials() < LEAST_TRIALS) {
      return OptionalDouble.empty();
    }
    double mean = sums.gains() / sums.trials();
    double variance = Math.max(0, sums.squares() / sums.trials() - mean * mean);
    return OptionalDouble.of(
        sums.gains() / (queries + SHRINKAGE) - CAUTION * Math.sqrt(variance / sums.trials()));
  }
}

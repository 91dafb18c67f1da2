package io.searchloop.app.evaluation;

import io.searchloop.app.dataset.LoggedClick;
import io.searchloop.policy.rewrite.QueryText;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What one way to search did for later clicks, by normalised query. Immutable.
 *
 * @param byQuery score of each query that was clicked
 */
public record ClickScores(Map<String, ClickScore> byQuery) {
  private static final int SHOWN = 10;

  public ClickScores {
    byQuery = Collections.unmodifiableMap(new TreeMap<>(byQuery));
  }

  /**
   * Ranks every query once and looks where its clicked products stand.
   *
   * @param ranking products for a normalised query, best first
   */
  public static ClickScores of(List<LoggedClick> clicks, Function<String, List<String>> ranking) {
    Map<String, List<String>> rankings = new TreeMap<>();
    Map<String, ClickScore> scores = new TreeMap<>();
    for (LoggedClick click : clicks) {
      String query = QueryText.normalise(click.query());
      int place = rankings.computeIfAbsent(query, ranking).indexOf(click.product());
      boolean shown = place >= 0 && place < SHOWN;
      scores.merge(
          query, new ClickScore(1, shown ? 1.0 / (place + 1) : 0, shown ? 1 : 0), ClickScore::plus);
    }
    return new ClickScores(scores);
  }

  /** Both together: of two times, or of two policies before they are averaged. */
  public ClickScores plus(ClickScores other) {
    Map<String, ClickScore> sums = new TreeMap<>(byQuery);
    other.byQuery.forEach((query, score) -> sums.merge(query, score, ClickScore::plus));
    return new ClickScores(sums);
  }

  /** Mean of several policies on the same clicks, each click one observation. */
  public static ClickScores mean(List<ClickScores> all) {
    Map<String, ClickScore> means = new TreeMap<>();
    all.stream()
        .reduce(ClickScores::plus)
        .orElseThrow()
        .byQuery
        .forEach((query, sum) -> means.put(query, sum.over(all.size())));
    return new ClickScores(means);
  }

  ClickScore of(String query) {
    return byQuery.getOrDefault(query, ClickScore.NONE);
  }

  Set<String> queries() {
    return byQuery.keySet();
  }
}

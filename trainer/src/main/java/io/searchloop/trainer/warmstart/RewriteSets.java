package io.searchloop.trainer.warmstart;

import io.searchloop.policy.rewrite.QueryText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a policy that answers with sets learns first: the intended text, then other texts that led
 * to the same products, most frequent first. Immutable.
 */
final class RewriteSets {
  private final Map<String, List<String>> alternatives = new HashMap<>();
  private final int most;

  /**
   * @param coClicks text to text that led to the same products
   * @param most rewrites of a set
   */
  RewriteSets(List<WeightedPair> coClicks, int most) {
    this.most = most;
    coClicks.stream()
        .sorted(
            Comparator.comparingDouble(WeightedPair::weight)
                .reversed()
                .thenComparing(WeightedPair::target))
        .forEach(
            pair ->
                alternatives
                    .computeIfAbsent(QueryText.normalise(pair.source()), s -> new ArrayList<>())
                    .add(QueryText.normalise(pair.target())));
  }

  /** Rewrites of a pair's answer, the target first. */
  List<String> of(RewritePair pair) {
    Set<String> set = new LinkedHashSet<>(List.of(pair.target()));
    set.addAll(alternatives.getOrDefault(pair.target(), List.of()));
    set.remove("");
    return set.stream().limit(most).toList();
  }
}

package io.searchloop.learning.reward;

import io.searchloop.learning.event.Action;
import io.searchloop.schemas.RewardTerm;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A reward that can say where it came from: the sum of named addends. Terms that cancelled to zero
 * are left out. Immutable.
 *
 * @param values addend by the name of its action, in alphabetical order
 */
public record RewardTerms(Map<String, Double> values) {
  /** Nothing happened: reward 0. */
  public static final RewardTerms NONE = new RewardTerms(Map.of());

  public RewardTerms {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** A single addend, as corrections have. */
  public static RewardTerms of(Action action, double change) {
    return NONE.plus(action, change);
  }

  /** These terms with a change of one of them. */
  public RewardTerms plus(Action action, double change) {
    TreeMap<String, Double> sums = new TreeMap<>(values);
    sums.merge(action.wireName(), change, Double::sum);
    sums.values().removeIf(sum -> sum == 0);
    return new RewardTerms(sums);
  }

  /** The reward. */
  public double total() {
    return values.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The terms as they travel in a reward tuple. */
  public List<RewardTerm> toAvro() {
    return values.entrySet().stream()
        .map(term -> new RewardTerm(term.getKey(), term.getValue()))
        .toList();
  }
}

package io.searchloop.learning.reward.engine;

import io.searchloop.schemas.RewardTerm;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reward as the sum of named addends. Whole millionths, so that the addends on a tuple add up to
 * its reward exactly.
 *
 * @param micros millionths of reward by the name of the term, in the order of the model
 */
public record Addends(Map<String, Long> micros) {
  private static final double MICROS = 1e6;

  /** Copies the map, order kept. */
  public Addends {
    micros = Collections.unmodifiableMap(new LinkedHashMap<>(micros));
  }

  /** The nearest millionths of an amount. */
  static long micros(double amount) {
    if (!Double.isFinite(amount)) {
      throw new IllegalArgumentException(
          "Addend of a reward is %s, expected a finite number. Correct the term that returned it."
              .formatted(amount));
    }
    return Math.round(amount * MICROS);
  }

  /** The sum, millionths. */
  long totalMicros() {
    return micros.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The reward. */
  public double reward() {
    return totalMicros() / MICROS;
  }

  /** The addend of a term; 0 when it has none. */
  public double get(String term) {
    return micros.getOrDefault(term, 0L) / MICROS;
  }

  /** The addends as they travel in a reward tuple. */
  public List<RewardTerm> toAvro() {
    return micros.entrySet().stream()
        .map(addend -> new RewardTerm(addend.getKey(), addend.getValue() / MICROS))
        .toList();
  }
}

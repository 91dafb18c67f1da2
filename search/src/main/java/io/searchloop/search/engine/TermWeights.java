package io.searchloop.search.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Terms as the index stores them, each with its weight in one BM25 query: for expansions that were
 * read from the index, which must not be analysed a second time.
 *
 * @param weights weight by term, positive and finite, most important first; none finds nothing
 */
public record TermWeights(Map<String, Double> weights) implements QueryForm {

  /** Copies the weights and refuses those that would rank worse matches first. */
  public TermWeights {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    weights.forEach(
        (term, weight) -> {
          if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException(
                "Weight of a term is %s, expected a positive finite number. Leave the term out if it should not count."
                    .formatted(weight));
          }
        });
  }
}

package io.searchloop.app.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How well one way to search ranks what shoppers later clicked.
 *
 * @param arm its name
 * @param strata figures of all clicks and of kinds of queries apart, see {@link ClickComparison}
 */
public record ClickFigures(String arm, Map<String, Stratum> strata) {
  public ClickFigures {
    strata = Collections.unmodifiableMap(new LinkedHashMap<>(strata));
  }

  /**
   * Means over the clicks of a stratum.
   *
   * @param queries distinct queries
   * @param clicks clicks on them
   * @param reciprocalRank MRR@10 of the clicked product
   * @param shown share of clicks on a product among the first ten
   */
  public record Stratum(
      int queries, long clicks, PolicyFigures.Figure reciprocalRank, PolicyFigures.Figure shown) {}

  /**
   * A stratum.
   *
   * @throws IllegalArgumentException when no click is in it
   */
  public Stratum of(String stratum) {
    Stratum found = strata.get(stratum);
    if (found == null) {
      throw new IllegalArgumentException(
          "No click of stratum %s, found strata %s.".formatted(stratum, strata.keySet()));
    }
    return found;
  }
}

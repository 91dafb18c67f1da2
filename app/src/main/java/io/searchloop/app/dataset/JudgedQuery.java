package io.searchloop.app.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A query as shoppers type it, with the grades that people gave to products for it. Products not
 * named are unjudged, which is not the same as irrelevant.
 *
 * @param id id within the dataset
 * @param text the query as typed
 * @param popularity share of searches in arbitrary units, above zero
 * @param grades product id to grade, on the dataset's {@link GradeScale}
 */
public record JudgedQuery(String id, String text, double popularity, Map<String, Double> grades) {
  public JudgedQuery {
    if (text.isBlank() || !(popularity > 0)) {
      throw new IllegalArgumentException(
          "Query " + id + ": expected a text that is not blank and a popularity above zero.");
    }
    grades = Collections.unmodifiableMap(new LinkedHashMap<>(grades));
  }

  JudgedQuery withPopularity(double other) {
    return new JudgedQuery(id, text, other, grades);
  }
}

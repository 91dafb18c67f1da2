package io.searchloop.app.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a shopper wants, before it is put into words; judgments follow from it alone.
 *
 * @param type the kind of product
 * @param facet the property it must have, if any
 */
record Intent(ProductType type, Facet facet) {
  private static final double PERFECT = 3;
  private static final double PARTLY = 1;
  private static final double IRRELEVANT = 0;

  /** The intent in the given words for its type, the property first. */
  String phrase(String noun) {
    return (facet.value() + " " + noun).strip().toLowerCase(Locale.ROOT);
  }

  /** As the catalogue says it. */
  String cataloguePhrase() {
    return phrase(type.noun());
  }

  /**
   * Grades of the products anybody would consider. Right type and property: 3; right type only: 1;
   * same category: 1 when no property is asked for, else 0. All others stay unjudged.
   */
  Map<String, Double> judge(List<StockedProduct> stock) {
    Map<String, Double> grades = new LinkedHashMap<>();
    for (StockedProduct item : stock) {
      if (item.type().equals(type)) {
        grades.put(item.product().id(), item.has(facet) ? PERFECT : PARTLY);
      } else if (item.type().category().equals(type.category())) {
        grades.put(item.product().id(), facet.equals(Facet.NONE) ? PARTLY : IRRELEVANT);
      }
    }
    return grades;
  }
}

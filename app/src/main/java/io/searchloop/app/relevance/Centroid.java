package io.searchloop.app.relevance;

import java.util.HashMap;
import java.util.Map;

/**
 * What a set of titles has in common: their words at their idf, every title at length one and at
 * its own weight. By its cosine a product like those found is told from one that merely has the
 * words (Rocchio's relevance feedback, 1971). Filled by one thread, then only read.
 */
final class Centroid {
  private final CatalogueTerms catalogue;
  private final Map<Integer, Double> weights = new HashMap<>();
  private double squares;

  Centroid(CatalogueTerms catalogue) {
    this.catalogue = catalogue;
  }

  /** Adds a title. */
  void add(Words title, double weight) {
    double length = length(title);
    for (int word : title.distinct()) {
      weights.merge(word, weight * catalogue.idf(word) / length, Double::sum);
    }
    squares = weights.values().stream().mapToDouble(sum -> sum * sum).sum();
  }

  /** Cosine with a title, 0 to 1; 0 while nothing was added. */
  double cosine(Words title) {
    double product = 0;
    for (int word : title.distinct()) {
      product += weights.getOrDefault(word, 0.0) * catalogue.idf(word);
    }
    double lengths = length(title) * Math.sqrt(squares);
    return lengths == 0 ? 0 : product / lengths;
  }

  private double length(Words title) {
    double sum = 0;
    for (int word : title.distinct()) {
      sum += catalogue.idf(word) * catalogue.idf(word);
    }
    return Math.sqrt(sum);
  }
}

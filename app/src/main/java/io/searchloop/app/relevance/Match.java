package io.searchloop.app.relevance;

import java.util.function.IntPredicate;

/**
 * One product beside one query: the quantities that {@link Feature}s are made of. Words are the
 * corrected ones of the query, each once unless said otherwise, and those that no product has count
 * as one; the rarity of a word is its idf.
 *
 * @param query what was asked
 * @param product what was found
 * @param catalogue where both are from
 */
record Match(QueryReading query, ProductWords product, CatalogueTerms catalogue) {
  private static final double SATURATION = 1.2;
  private static final double LENGTH_DISCOUNT = .75;

  /** BM25 within one field, with the idf of the whole catalogue. */
  double bm25(ProductField field) {
    Words words = product.of(field);
    double relative = words.length() / Math.max(1, catalogue.meanLength(field));
    double norm = SATURATION * (1 - LENGTH_DISCOUNT + LENGTH_DISCOUNT * relative);
    double score = 0;
    for (int i = 0; i < query.terms(); i++) {
      int count = words.count(query.term(i));
      score += query.rarity(i) * count / (count + norm);
    }
    return score;
  }

  /** Share of the query's rarity that a field has. */
  double coverage(ProductField field) {
    Words words = product.of(field);
    return coverage(word -> words.count(word) > 0);
  }

  /** Share of the query's rarity that any field has. */
  double coverage() {
    return coverage(product::has);
  }

  /** Rarity of the rarest word that the title lacks. */
  double rarestMissing() {
    double rarest = 0;
    for (int i = 0; i < query.terms(); i++) {
      if (title().count(query.term(i)) == 0) {
        rarest = Math.max(rarest, query.rarity(i));
      }
    }
    return rarest;
  }

  /** How many different words the title lacks; at most one of them is a word of no product. */
  int missing() {
    int missing = 0;
    for (int i = 0; i < query.terms(); i++) {
      missing += title().count(query.term(i)) == 0 ? 1 : 0;
    }
    return missing;
  }

  /** Share of the title's rarity that the query asks for; the rest is about something else. */
  double asked() {
    double asked = 0;
    double mass = 0;
    for (int word : title().distinct()) {
      double rarity = catalogue.idf(word);
      mass += rarity;
      asked += query.words().count(word) > 0 ? rarity : 0;
    }
    return share(asked, mass);
  }

  /** Share of the query's neighbouring words that are neighbours in a field. */
  double neighbours(ProductField field) {
    Words words = product.of(field);
    int found = 0;
    for (int i = 1; i < query.words().length(); i++) {
      found += words.adjacent(query.words().at(i - 1), query.words().at(i)) ? 1 : 0;
    }
    return share(found, query.words().length() - 1);
  }

  /** Words of a field behind the query's word at a place; -1 where either lacks it. */
  int behind(ProductField field, int place) {
    Words words = product.of(field);
    int found =
        place < 0 || place >= query.words().length() ? -1 : words.place(query.words().at(place));
    return found < 0 ? -1 : words.length() - 1 - found;
  }

  /** The same for a word counted from the query's end, 1 for the last. */
  int behindLast(ProductField field, int fromEnd) {
    return behind(field, query.words().length() - fromEnd);
  }

  /** Whether the query names the thing that the product is: 1 or 0. */
  int thingAsked() {
    Words head = product.of(ProductField.HEAD);
    return head.length() > 0 && query.words().count(head.at(head.length() - 1)) > 0 ? 1 : 0;
  }

  /** Whether the query has the first word of the title, often a brand: 1 or 0. */
  int firstAsked() {
    return title().length() > 0 && query.words().count(title().at(0)) > 0 ? 1 : 0;
  }

  /** Share of the brand's words that the query has; -1 for a product without brand. */
  double brandAsked() {
    Words brand = product.of(ProductField.BRAND);
    int named = 0;
    for (int i = 0; i < brand.length(); i++) {
      named += query.words().count(brand.at(i)) > 0 ? 1 : 0;
    }
    return brand.length() == 0 ? -1 : named / (double) brand.length();
  }

  Words title() {
    return product.of(ProductField.TITLE);
  }

  private double coverage(IntPredicate has) {
    double covered = 0;
    for (int i = 0; i < query.terms(); i++) {
      covered += has.test(query.term(i)) ? query.rarity(i) : 0;
    }
    return share(covered, query.mass());
  }

  private static double share(double part, double whole) {
    return whole <= 0 ? 0 : part / whole;
  }
}

package io.searchloop.search.suggest;

import java.util.List;

/**
 * A query to offer.
 *
 * @param text the query
 * @param source whose words it is
 * @param scopes where it leads, the largest first; empty where there is nothing to choose
 */
public record Suggestion(String text, Source source, List<Scope> scopes) {

  /** Copies the scopes. */
  public Suggestion {
    scopes = List.copyOf(scopes);
  }

  /** Whose words a suggestion is. */
  public enum Source {
    /** Shoppers asked it. */
    QUERY,
    /** The catalogue writes it. */
    CATALOGUE
  }

  /**
   * A part of the catalogue that a suggestion can be narrowed to: "drill in Power Tools".
   *
   * @param field {@code category} or {@code brand}
   * @param value as products have it, to filter by
   * @param products how many of the first results are in it
   */
  public record Scope(String field, String value, int products) {}
}

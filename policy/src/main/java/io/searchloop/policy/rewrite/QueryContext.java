package io.searchloop.policy.rewrite;

/**
 * What the policy may see of a search.
 *
 * @param query the user's text
 * @param locale BCP 47 tag; empty when unknown
 */
public record QueryContext(String query, String locale) {
  /** Context of a query without locale. */
  public static QueryContext of(String query) {
    return new QueryContext(query, "");
  }
}

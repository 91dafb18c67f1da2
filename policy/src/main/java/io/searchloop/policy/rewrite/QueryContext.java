package io.searchloop.policy.rewrite;

import java.util.List;

/**
 * What the policy may see of a search; {@link RewriteOptions} say what it does see.
 *
 * @param query the user's text
 * @param locale BCP 47 tag; empty when unknown
 * @param annotations what is known of the query, such as a recognised brand; any order that is
 *     always the same
 * @param session earlier queries of the session, oldest first
 * @param products what the first results of the query say of themselves, best first
 */
public record QueryContext(
    String query,
    String locale,
    List<String> annotations,
    List<String> session,
    List<String> products) {
  public QueryContext {
    annotations = List.copyOf(annotations);
    session = List.copyOf(session);
    products = List.copyOf(products);
  }

  /** Context of a query with a locale and nothing else. */
  public QueryContext(String query, String locale) {
    this(query, locale, List.of(), List.of(), List.of());
  }

  /** Context of a query alone. */
  public static QueryContext of(String query) {
    return new QueryContext(query, "");
  }

  /**
   * What a policy under these options is shown of this context, its query and locale aside: a
   * shopper's earlier queries make no difference to one that does not read them.
   */
  public QueryContext seenUnder(RewriteOptions options) {
    return new QueryContext(
        query,
        locale,
        options.annotations() ? annotations : List.of(),
        options.sessionQueries() > 0 ? session : List.of(),
        options.products() > 0 ? products : List.of());
  }

  /** This context with the first results of its query. */
  public QueryContext withProducts(List<String> notes) {
    return new QueryContext(query, locale, annotations, session, notes);
  }
}

package io.searchloop.search.engine;

import java.util.List;

/**
 * What to look for: the shopper's words, and what a policy made of them.
 *
 * @param typed the query as the shopper typed it
 * @param additions rewrites, each with its weight; empty when the query is not rewritten
 * @param combination how the additions join the typed query
 */
public record SearchQuery(String typed, List<WeightedText> additions, Combination combination)
    implements QueryForm {

  /** Copies the additions. */
  public SearchQuery {
    additions = List.copyOf(additions);
  }

  /** The query as typed. */
  public static SearchQuery identity(String typed) {
    return new SearchQuery(typed, List.of(), Combination.UNION);
  }
}

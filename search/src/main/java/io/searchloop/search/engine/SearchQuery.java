package io.searchloop.search.engine;

import io.searchloop.search.merging.Fusion;
import io.searchloop.search.merging.FusionWeights;
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

  /**
   * The query with one rewrite: what it adds weighs what {@link FusionWeights} say in a UNION, as
   * much as a typed query in a REPLACE. No spelling checker takes part.
   */
  public static SearchQuery rewritten(String typed, String rewrite, Combination combination) {
    double weight =
        switch (combination) {
          case UNION -> FusionWeights.DEFAULT.rewrite();
          case REPLACE -> Fusion.TYPED_TERM_WEIGHT;
        };
    return new SearchQuery(typed, List.of(new WeightedText(rewrite, weight)), combination);
  }
}

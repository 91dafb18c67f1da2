package io.searchloop.app.judge;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.policy.rewrite.QueryText;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A simulated shopper who knows what people judged: the expectation of what happens on a page, so
 * that equal pages have equal opinions.
 *
 * <pre>
 *   P(look at k) = k^-.7;  click = look * a / 2;  cart = click * a;  purchase = cart * a
 *   a = gain / best gain, 0 for unjudged products
 *   share of a page = 1 - product over k of (1 - P_k)
 * </pre>
 *
 * <p>The position-based model of Craswell et al. (WSDM 2008) with the decay of Joachims et al.
 * (WSDM 2017); carts and purchases by the same appeal are made up. Example: a perfect product at
 * position 1 alone is clicked, put into the cart and bought with probability .5 each; one of half
 * the gain with .25, .125 and .0625. Immutable; any thread.
 */
public final class GradedShopper {
  private static final double DECAY = .7;
  private static final double PERFECT = .5;

  private final Map<String, Map<String, Double>> appeal = new HashMap<>();

  /**
   * @param queries those whose judgments the shopper knows
   */
  public GradedShopper(Dataset dataset, Collection<JudgedQuery> queries) {
    double best = dataset.scale().bestGain();
    for (JudgedQuery query : queries) {
      Map<String, Double> known =
          appeal.computeIfAbsent(QueryText.normalise(query.text()), text -> new HashMap<>());
      dataset
          .gains(query)
          .forEach((product, gain) -> known.merge(product, Math.min(1, gain / best), Math::max));
    }
  }

  /**
   * Whether the shopper knows what a query is after.
   *
   * @param query as typed
   */
  public boolean knows(String query) {
    return appeal.containsKey(QueryText.normalise(query));
  }

  /** Mean appeal of a page's products, its empty places included. */
  double relevance(String query, Page page) {
    Map<String, Double> known = known(query);
    return page.products().stream().mapToDouble(id -> known.getOrDefault(id, 0.0)).sum()
        / JudgedPages.SHOWN;
  }

  /** The shopper's opinion of a page, with a relevance that somebody else says. */
  Opinion opinion(String query, Page page, double relevance) {
    Map<String, Double> known = known(query);
    double noClick = 1;
    double noCart = 1;
    double noPurchase = 1;
    List<String> products = page.products();
    for (int i = 0; i < products.size(); i++) {
      double a = known.getOrDefault(products.get(i), 0.0);
      double click = Math.pow(i + 1, -DECAY) * PERFECT * a;
      noClick *= 1 - click;
      noCart *= 1 - click * a;
      noPurchase *= 1 - click * a * a;
    }
    return new Opinion(relevance, 1 - noClick, 1 - noCart, 1 - noPurchase);
  }

  private Map<String, Double> known(String query) {
    Map<String, Double> known = appeal.get(QueryText.normalise(query));
    if (known == null) {
      throw new IllegalArgumentException(
          "A query has no judgments that the simulated shopper knows, expected one of the %d it was made with."
              .formatted(appeal.size()));
    }
    return known;
  }
}

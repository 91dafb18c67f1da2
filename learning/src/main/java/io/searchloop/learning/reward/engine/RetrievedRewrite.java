package io.searchloop.learning.reward.engine;

import java.util.HashSet;
import java.util.List;

/**
 * One member of a group: a rewrite, or the query without one, with what the engine found for it.
 *
 * @param valid whether it obeys the rewrite format; identity always does
 * @param tokens sampled tokens, end token included; 0 for identity, which no policy sampled
 * @param products S(y): product ids, best first, without repetition; empty when nothing was found
 */
public record RetrievedRewrite(boolean valid, int tokens, List<String> products) {

  /** Copies the list; refuses one that would count a product twice. */
  public RetrievedRewrite {
    products = List.copyOf(products);
    int distinct = new HashSet<>(products).size();
    if (distinct < products.size()) {
      throw new IllegalArgumentException(
          "Result list names %d products, %d of them distinct, expected each once. Pass the engine's list as it is."
              .formatted(products.size(), distinct));
    }
    if (tokens < 0) {
      throw new IllegalArgumentException(
          "Rewrite has %d tokens, expected 0 or more. Count its token ids.".formatted(tokens));
    }
  }

  /** The query without a rewrite. */
  public static RetrievedRewrite identity(List<String> products) {
    return new RetrievedRewrite(true, 0, products);
  }

  /** S_k(y): the first k products, or all when there are fewer. */
  public List<String> top(int k) {
    return products.subList(0, Math.min(k, products.size()));
  }
}

package io.searchloop.learning.reward.engine;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The rewrites of one query, judged together because their rewards are only compared with each
 * other. Identity is an extra member: it is scored so that a rewrite can be compared with doing
 * nothing, but it is never trained and never part of a mean.
 *
 * @param identity what the query finds without a rewrite, corrected as it is served
 * @param rewrites what each rewrite finds, in sampling order, duplicates kept
 * @param relevance f(q,d) in [0,1] of every product in any of the lists
 */
public record EngineGroup(
    RetrievedRewrite identity, List<RetrievedRewrite> rewrites, Map<String, Double> relevance) {

  /** Copies both collections; refuses a relevance that is no share, and products without one. */
  public EngineGroup {
    rewrites = List.copyOf(rewrites);
    relevance = Map.copyOf(relevance);
    relevance.forEach(EngineGroup::requireShare);
    requireRelevance(identity, relevance);
    for (RetrievedRewrite rewrite : rewrites) {
      requireRelevance(rewrite, relevance);
    }
  }

  /** f(q,d) of a product in one of the lists. */
  double relevance(String product) {
    Double known = relevance.get(product);
    return known == null ? 0 : known;
  }

  /** A value for each member: shape (rewrites + 1), in order, identity last. */
  double[] each(ToDoubleFunction<RetrievedRewrite> value) {
    double[] values = new double[rewrites.size() + 1];
    for (int i = 0; i < rewrites.size(); i++) {
      values[i] = value.applyAsDouble(rewrites.get(i));
    }
    values[rewrites.size()] = value.applyAsDouble(identity);
    return values;
  }

  private static void requireShare(String product, double f) {
    if (!(f >= 0 && f <= 1)) {
      throw new IllegalArgumentException(
          "Relevance of product %s is %s, expected 0 to 1. Normalise the relevance model's scores."
              .formatted(product, f));
    }
  }

  private static void requireRelevance(RetrievedRewrite member, Map<String, Double> relevance) {
    for (String product : member.products()) {
      if (!relevance.containsKey(product)) {
        throw new IllegalArgumentException(
            "Product %s was retrieved but has no relevance, expected one for each product found. Score all lists before pricing."
                .formatted(product));
      }
    }
  }
}

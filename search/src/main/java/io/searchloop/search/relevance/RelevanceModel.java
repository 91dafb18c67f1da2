package io.searchloop.search.relevance;

import java.util.List;

/**
 * f(q,d): how well a product fits the query as typed. It judges what rewrites find, so it must not
 * know the rewrite; and a policy trained against it must be evaluated by another judge.
 *
 * <p>Implementations are safe for concurrent use until they are closed.
 */
public interface RelevanceModel extends AutoCloseable {

  /**
   * Relevance of each product.
   *
   * @param query the shopper's words
   * @param productIds products of the catalogue that the model knows; unknown ones have 0
   * @return shape (products), in their order, each 0 to 1
   */
  double[] relevance(String query, List<String> productIds);

  /** Frees what the model holds, when it holds anything. */
  @Override
  default void close() {}
}

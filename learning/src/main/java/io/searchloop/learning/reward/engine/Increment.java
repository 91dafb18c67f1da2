package io.searchloop.learning.reward.engine;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Which wanted products only the rewrite finds (increment of BEQUE, arXiv 2311.03758; as a share of
 * the reference set, so that queries compare).
 *
 * <pre>
 *   value = |(S(y) \ S(q)) n E| / |E|, 0 when the reference set E is empty
 * </pre>
 *
 * <p>Example: S(y) = [b, c, x], S(q) = [a, b], E = {a, b, c, d} gives 1 / 4.
 */
public final class Increment implements EngineTerm {
  private final Function<EngineGroup, Set<String>> reference;

  private Increment(Function<EngineGroup, Set<String>> reference) {
    this.reference = reference;
  }

  /** Within products known to be wanted, such as judged ones. */
  public static Increment within(Set<String> reference) {
    Set<String> fixed = Set.copyOf(reference);
    return new Increment(group -> fixed);
  }

  /**
   * Within the relevant products that any member of the group found, when nobody judged any.
   *
   * @param relevant f0: relevance from which a product counts
   */
  public static Increment withinRelevant(double relevant) {
    return new Increment(group -> relevantProducts(group, relevant));
  }

  @Override
  public String name() {
    return "increment";
  }

  @Override
  public double[] values(EngineGroup group) {
    return NewProducts.shares(group, reference.apply(group));
  }

  private static Set<String> relevantProducts(EngineGroup group, double relevant) {
    Set<String> products = new HashSet<>(group.identity().products());
    group.rewrites().forEach(rewrite -> products.addAll(rewrite.products()));
    products.removeIf(product -> group.relevance(product) < relevant);
    return products;
  }
}

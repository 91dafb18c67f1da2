package io.searchloop.learning.reward.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How much of what the rewrites find together is owed to each of them (coverage of RLQR, CIKM
 * 2023).
 *
 * <pre>
 *   C = |union over i of relevant S(y_i)|
 *   value_i = phi_i = sum over relevant d in S(y_i) of 1 / |{j : d in S(y_j)}|
 * </pre>
 *
 * <p>phi is the Shapley value of C, and the values of the valid rewrites add up to C: a product
 * that three rewrites find is worth a third to each, so repeating a sibling earns little. An
 * invalid rewrite takes no share. Identity is outside the set; its value is what it would earn on
 * joining it. Example: lists [a, b], [b, c], all relevant: C = 3, phi = 1.5 and 1.5.
 */
public final class Coverage implements EngineTerm {
  private final double relevant;

  /**
   * @param relevant f0: relevance from which a product counts
   */
  public Coverage(double relevant) {
    this.relevant = relevant;
  }

  @Override
  public String name() {
    return "coverage";
  }

  @Override
  public double[] values(EngineGroup group) {
    Map<String, Integer> finders = new HashMap<>();
    for (RetrievedRewrite rewrite : group.rewrites()) {
      if (rewrite.valid()) {
        relevantProducts(group, rewrite).forEach(d -> finders.merge(d, 1, Integer::sum));
      }
    }
    double[] values =
        group.each(rewrite -> rewrite.valid() ? share(group, rewrite, finders, 0) : 0);
    values[values.length - 1] = share(group, group.identity(), finders, 1);
    return values;
  }

  private double share(
      EngineGroup group, RetrievedRewrite member, Map<String, Integer> finders, int joining) {
    return relevantProducts(group, member).stream()
        .mapToDouble(d -> 1.0 / (finders.getOrDefault(d, 0) + joining))
        .sum();
  }

  private List<String> relevantProducts(EngineGroup group, RetrievedRewrite member) {
    return member.products().stream().filter(d -> group.relevance(d) >= relevant).toList();
  }
}

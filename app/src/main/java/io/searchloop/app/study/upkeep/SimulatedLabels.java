package io.searchloop.app.study.upkeep;

import io.searchloop.app.dataset.GradeScale;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.policy.rewrite.QueryText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * Simulated shoppers who say of every product of a page whether it fits. They know what people
 * judged, think little of what nobody did, and err:
 *
 * <pre>
 *   P(fits) = noise + (1 - 2 noise) a,   a = gain / best gain, 0 for unjudged products
 * </pre>
 *
 * <p>Example at noise .1: a perfect product fits with probability .9, one of half the gain .5, an
 * irrelevant or unjudged one .1. Asked again about the same product of the same query they say the
 * same, so that models learned from two policies' pages differ by the pages alone. Immutable; any
 * thread.
 *
 * @param scale of the grades
 * @param noise share of verdicts that are turned round, below .5
 * @param seed of the verdicts
 */
record SimulatedLabels(GradeScale scale, double noise, long seed) {

  /** Probability of the verdict that a product fits. */
  double expected(JudgedQuery query, String product) {
    Double grade = query.grades().get(product);
    double appeal = grade == null ? 0 : scale.gain(grade) / scale.bestGain();
    return noise + (1 - 2 * noise) * appeal;
  }

  /**
   * The query, normalised as rewards ask it, with verdicts on a page in place of its grades: the
   * best grade or the worst.
   */
  JudgedQuery label(JudgedQuery query, List<String> page) {
    Map<String, Double> verdicts = new LinkedHashMap<>();
    for (String product : page) {
      boolean fits = draw(query, product) < expected(query, product);
      verdicts.put(product, fits ? scale.best() : scale.irrelevant());
    }
    String text = QueryText.normalise(query.text());
    return new JudgedQuery(query.id(), text, query.popularity(), verdicts);
  }

  private double draw(JudgedQuery query, String product) {
    long name = Objects.hash(query.text(), product);
    return new SplittableRandom(seed << Integer.SIZE ^ name).nextDouble();
  }
}

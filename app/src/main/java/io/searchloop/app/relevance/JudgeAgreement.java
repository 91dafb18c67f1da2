package io.searchloop.app.relevance;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.relevance.ScoredProducts.Scored;
import io.searchloop.search.evaluation.Interval;
import io.searchloop.search.evaluation.MeanInterval;
import io.searchloop.search.relevance.RelevanceModel;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a model puts a product that people judged relevant above one that they did not (area
 * under the ROC curve; ties count half, .5 is chance). Of judged products alone, which are the
 * first results of a shop: the easy ones are not among them. Example: relevant at .9 and .4,
 * another at .5: one pair of two is right, .5.
 *
 * @param queries judged queries
 * @param judgments their judged products
 * @param overall over all pairs of products of any two queries, 95 % bootstrap over queries
 * @param withinQuery mean over queries that have both kinds, over pairs of the same query
 */
public record JudgeAgreement(int queries, int judgments, Interval overall, Interval withinQuery) {
  /**
   * Measures a model.
   *
   * @param queries of the dataset
   * @param seed of the bootstrap
   * @throws IllegalArgumentException when none has products of both kinds
   */
  public static JudgeAgreement of(
      RelevanceModel model, Dataset dataset, List<JudgedQuery> queries, long seed) {
    List<Scored> all = new ArrayList<>();
    List<Double> each = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      List<Scored> scored = scored(model, dataset, queries.get(i), i);
      all.addAll(scored);
      double area = new ScoredProducts(queries.size(), scored).area();
      if (!Double.isNaN(area)) {
        each.add(area);
      }
    }
    if (each.isEmpty()) {
      throw new IllegalArgumentException(
          "None of %d queries of %s has both relevant and other products among its judged ones, expected one at least. Judge more products of a query."
              .formatted(queries.size(), dataset.name()));
    }
    ScoredProducts together = new ScoredProducts(queries.size(), all);
    double[] within = each.stream().mapToDouble(Double::doubleValue).toArray();
    return new JudgeAgreement(
        queries.size(),
        all.size(),
        new QueryBootstrap(queries.size(), seed).of(together::area),
        MeanInterval.of(within));
  }

  private static List<Scored> scored(
      RelevanceModel model, Dataset dataset, JudgedQuery query, int index) {
    List<String> products = List.copyOf(query.grades().keySet());
    double[] scores = model.relevance(query.text(), products);
    List<Scored> scored = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      double grade = query.grades().getOrDefault(products.get(i), 0.0);
      double share = dataset.scale().gain(grade) / dataset.scale().bestGain();
      scored.add(new Scored(index, scores[i], share, dataset.scale().isRelevant(grade)));
    }
    return scored;
  }
}

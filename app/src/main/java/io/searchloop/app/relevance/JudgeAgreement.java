package io.searchloop.app.relevance;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.search.evaluation.Interval;
import io.searchloop.search.evaluation.MeanInterval;
import io.searchloop.search.relevance.RelevanceModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

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
  private static final int RESAMPLES = 1000;

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
      scored.sort(Comparator.comparingDouble(Scored::score));
      all.addAll(scored);
      double area = area(scored, ones(queries.size()));
      if (!Double.isNaN(area)) {
        each.add(area);
      }
    }
    if (each.isEmpty()) {
      throw new IllegalArgumentException(
          "None of %d queries of %s has both relevant and other products among its judged ones, expected one at least. Judge more products of a query."
              .formatted(queries.size(), dataset.name()));
    }
    all.sort(Comparator.comparingDouble(Scored::score));
    double[] within = each.stream().mapToDouble(Double::doubleValue).toArray();
    return new JudgeAgreement(
        queries.size(), all.size(), overall(all, queries.size(), seed), MeanInterval.of(within));
  }

  private static List<Scored> scored(
      RelevanceModel model, Dataset dataset, JudgedQuery query, int index) {
    List<String> products = List.copyOf(query.grades().keySet());
    double[] scores = model.relevance(query.text(), products);
    List<Scored> scored = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      double grade = query.grades().getOrDefault(products.get(i), 0.0);
      scored.add(new Scored(index, scores[i], dataset.scale().isRelevant(grade)));
    }
    return scored;
  }

  /** Resamples that lack a kind say nothing and are left out. */
  private static Interval overall(List<Scored> sorted, int queries, long seed) {
    RandomGenerator random = new SplittableRandom(seed);
    double[] areas = new double[RESAMPLES];
    for (int i = 0; i < RESAMPLES; i++) {
      int[] times = new int[queries];
      for (int draw = 0; draw < queries; draw++) {
        times[random.nextInt(queries)]++;
      }
      areas[i] = area(sorted, times);
    }
    double[] telling = Arrays.stream(areas).filter(area -> !Double.isNaN(area)).toArray();
    return Interval.percentile(area(sorted, ones(queries)), telling);
  }

  /**
   * Area under the curve; NaN where a kind is missing.
   *
   * @param sorted by score
   * @param times how often each query counts
   */
  private static double area(List<Scored> sorted, int[] times) {
    double wins = 0;
    double relevant = 0;
    double others = 0;
    int next = 0;
    while (next < sorted.size()) {
      double score = sorted.get(next).score();
      double tiedRelevant = 0;
      double tiedOthers = 0;
      for (; next < sorted.size() && sorted.get(next).score() == score; next++) {
        Scored scored = sorted.get(next);
        tiedRelevant += scored.relevant() ? times[scored.query()] : 0;
        tiedOthers += scored.relevant() ? 0 : times[scored.query()];
      }
      wins += tiedRelevant * (others + tiedOthers / 2);
      relevant += tiedRelevant;
      others += tiedOthers;
    }
    return wins / (relevant * others);
  }

  private static int[] ones(int length) {
    int[] ones = new int[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  private record Scored(int query, double score, boolean relevant) {}
}

package io.searchloop.app.study;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.evaluation.LearnedPolicy;
import io.searchloop.app.evaluation.Strategies;
import io.searchloop.app.simulation.ExpectedReward;
import io.searchloop.app.simulation.QueryChoice;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.Product;
import io.searchloop.search.engine.QueryForm;
import io.searchloop.search.query.SearchRule;
import io.searchloop.search.query.ServedQuery;
import io.searchloop.search.query.ServedSearch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What ways to search are worth to a shop's shoppers, over the queries they type and as often as
 * they type them. Borrows the engine; one thread.
 */
final class ShopWorth {
  private static final List<String> FIXED = List.of("identity", "typed+spell", "synonyms+spell");

  private final LuceneSearchEngine engine;
  private final Set<String> sold;
  private final Dataset dataset;
  private final List<JudgedQuery> queries;
  private final ExpectedReward worth;
  private final int places;
  private final ServedSearch search;

  /**
   * @param engine index of the products
   * @param products what the shop sells now, of the dataset or fewer
   * @param dataset whose queries are typed
   * @param rule how workers search
   * @param places products of a page
   */
  ShopWorth(
      LuceneSearchEngine engine,
      List<Product> products,
      Dataset dataset,
      QueryChoice typed,
      ExpectedReward worth,
      SearchRule rule,
      int places) {
    this.engine = engine;
    this.sold = products.stream().map(Product::id).collect(Collectors.toUnmodifiableSet());
    this.dataset = dataset;
    this.queries = typed.queries();
    this.worth = worth;
    this.places = places;
    this.search = rule.over(engine.vocabulary());
  }

  /**
   * Worth of each query under what needs no learning, in the order of the queries: with the weights
   * of workers, and fused as the names say even where workers replace the query.
   */
  Map<String, double[]> fixed() {
    Strategies strategies =
        new Strategies(
            engine,
            dataset,
            Strategies.mined(dataset, engine),
            search.fused().weights(),
            name -> {
              throw new IllegalArgumentException("No policy " + name + " among fixed strategies");
            });
    Map<String, double[]> worths = new LinkedHashMap<>();
    strategies
        .of(FIXED, List.of(Combination.UNION))
        .forEach(
            strategy ->
                worths.put(
                    strategy.name(),
                    each(query -> page(strategy.choose().apply(query.text()).form(), query))));
    return worths;
  }

  /** Worth of each query under a policy, the mean of rewrites as they are drawn. */
  double[] drawn(LearnedPolicy policy, SamplerSettings settings, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return each(
        query -> {
          ServedQuery served = search.of(query.text());
          Map<String, Double> known = new LinkedHashMap<>();
          List<String> rewrites = policy.drawn(query.text(), settings, random);
          return rewrites.stream()
              .mapToDouble(
                  text -> known.computeIfAbsent(text, t -> page(served.with(List.of(t)), query)))
              .average()
              .orElseThrow();
        });
  }

  /** Worth of each query if everything judged that is sold were found and ranked right. */
  double[] ideal() {
    return each(query -> worth.ofBest(query, places, sold::contains));
  }

  /** Mean over searches. */
  double mean(double[] worths) {
    double sum = 0;
    double searches = 0;
    for (int i = 0; i < worths.length; i++) {
      sum += worths[i] * queries.get(i).popularity();
      searches += queries.get(i).popularity();
    }
    return sum / searches;
  }

  /** The best for each query apart. */
  static double[] best(List<double[]> strategies) {
    double[] best = strategies.get(0).clone();
    for (double[] worths : strategies) {
      for (int i = 0; i < best.length; i++) {
        best[i] = Math.max(best[i], worths[i]);
      }
    }
    return best;
  }

  private double page(QueryForm query, JudgedQuery intent) {
    return worth.of(intent, engine.search(query, places).productIds());
  }

  private double[] each(ToDoubleFunction<JudgedQuery> measure) {
    return queries.stream().mapToDouble(measure).toArray();
  }
}

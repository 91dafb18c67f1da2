package io.searchloop.app.dataset;

import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.search.evaluation.PairedBootstrap;
import io.searchloop.search.evaluation.RankingMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * Judges ways to rewrite by human judgments, never by the reward they were trained on. Every figure
 * stands beside its difference to identity on the same queries with a 95 % paired bootstrap
 * interval.
 *
 * <p>Queries without a relevant product cannot tell rewrites apart and are left out. Unjudged
 * products gain nothing in nDCG and are removed in condensed nDCG. Reads are thread-safe as far as
 * the engine's are; one evaluation runs on the caller's thread.
 */
public final class Evaluation {
  private static final int SHOWN = 10;
  private static final int DEPTH = 100;
  private static final int RESAMPLES = 1000;

  private final SearchEngine engine;
  private final Dataset dataset;
  private final Split split;
  private final long seed;
  private final List<JudgedQuery> queries;
  private final List<Outcome> identity;

  /**
   * @param engine index of the dataset's products
   * @param split whose queries are judged; {@link Split#TEST} unless overfitting is the question
   * @param seed of the bootstrap
   */
  public Evaluation(SearchEngine engine, Dataset dataset, Split split, long seed) {
    this(engine, dataset, split, query -> true, seed);
  }

  /**
   * @param chosen which of the split's queries are judged
   */
  public Evaluation(
      SearchEngine engine, Dataset dataset, Split split, Predicate<JudgedQuery> chosen, long seed) {
    this.engine = engine;
    this.dataset = dataset;
    this.split = split;
    this.seed = seed;
    this.queries =
        dataset.queries(split).stream()
            .filter(chosen)
            .filter(q -> !dataset.relevant(q).isEmpty())
            .toList();
    if (queries.isEmpty()) {
      throw new IllegalArgumentException(
          "Dataset "
              + dataset.name()
              + " has no "
              + split
              + " query with a relevant product,"
              + " expected at least one. Judge more queries, or evaluate the other split.");
    }
    this.identity = queries.stream().map(q -> outcome(q, SearchQuery.identity(q.text()))).toList();
  }

  /** The queries that are judged, as typed. */
  public List<String> texts() {
    return queries.stream().map(JudgedQuery::text).toList();
  }

  /**
   * Judges several policies on the same queries.
   *
   * @param policies name in the report to the rewrite it chooses for a query
   */
  public EvaluationReport judge(Map<String, UnaryOperator<String>> policies) {
    Map<String, PolicyFigures> figures = new LinkedHashMap<>();
    policies.forEach((name, rewrite) -> figures.put(name, judge(rewrite)));
    return new EvaluationReport(dataset.name(), split, queries.size(), seed, figures);
  }

  private PolicyFigures judge(UnaryOperator<String> rewrite) {
    List<String> rewrites = queries.stream().map(query -> rewrite.apply(query.text())).toList();
    long unchanged = 0;
    for (int i = 0; i < queries.size(); i++) {
      String typed = QueryText.normalise(queries.get(i).text());
      unchanged += typed.equals(QueryText.normalise(rewrites.get(i))) ? 1 : 0;
    }
    return new PolicyFigures(
        (double) unchanged / queries.size(),
        figures(rewrites, Combination.UNION),
        figures(rewrites, Combination.REPLACE));
  }

  private PolicyFigures.Retrieval figures(List<String> rewrites, Combination combination) {
    List<Outcome> outcomes = new ArrayList<>(queries.size());
    for (int i = 0; i < queries.size(); i++) {
      JudgedQuery query = queries.get(i);
      outcomes.add(
          outcome(query, SearchQuery.rewritten(query.text(), rewrites.get(i), combination)));
    }
    return new PolicyFigures.Retrieval(
        figure(outcomes, Outcome::ndcg),
        figure(outcomes, Outcome::condensedNdcg),
        figure(outcomes, Outcome::recall),
        figure(outcomes, Outcome::nothingFound));
  }

  private PolicyFigures.Figure figure(List<Outcome> outcomes, ToDoubleFunction<Outcome> metric) {
    double[] values = outcomes.stream().mapToDouble(metric).toArray();
    double[] baseline = identity.stream().mapToDouble(metric).toArray();
    return new PolicyFigures.Figure(
        Arrays.stream(values).average().orElseThrow(),
        PairedBootstrap.difference(values, baseline, RESAMPLES, new SplittableRandom(seed)));
  }

  private Outcome outcome(JudgedQuery query, SearchQuery search) {
    SearchResults results = engine.search(search, DEPTH);
    List<String> ranking = results.productIds();
    Map<String, Double> gains = dataset.gains(query);
    Set<String> relevant = dataset.relevant(query);
    return new Outcome(
        RankingMetrics.ndcg(ranking, gains, SHOWN),
        RankingMetrics.condensedNdcg(ranking, gains, SHOWN),
        RankingMetrics.recall(ranking, relevant, DEPTH),
        results.totalHits() == 0 ? 1 : 0);
  }

  /** One query searched in one way. */
  private record Outcome(double ndcg, double condensedNdcg, double recall, double nothingFound) {}
}

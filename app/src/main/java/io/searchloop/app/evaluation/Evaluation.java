package io.searchloop.app.evaluation;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.QueryForm;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.SearchResults;
import io.searchloop.search.evaluation.RankingMetrics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Judges ways to search by human judgments, never by the reward that one of them was trained on.
 * Every figure stands beside its difference to identity on the same queries with a 95 % paired
 * bootstrap interval; other baselines can be named.
 *
 * <p>Queries for which no judged product gains cannot tell rewrites apart and are left out. One
 * evaluation runs on the caller's thread.
 */
public final class Evaluation {
  private static final int SHOWN = 10;
  private static final int DEPTH = 100;
  private static final double NANOS_PER_MS = 1e6;

  private final LuceneSearchEngine engine;
  private final RankedSearch search;
  private final Dataset dataset;
  private final String described;
  private final long seed;
  private final LongSupplier nanos;
  private final List<JudgedQuery> queries;
  private final long[] typedHits;
  private final Outcomes identity;

  /**
   * @param engine index of the dataset's products
   * @param split whose queries are judged; {@link Split#TEST} unless overfitting is the question
   * @param seed of the bootstrap
   * @param nanos clock of latencies, {@link System#nanoTime}
   */
  public Evaluation(
      LuceneSearchEngine engine, Dataset dataset, Split split, long seed, LongSupplier nanos) {
    this(engine, RankedSearch.asFound(engine), dataset, split, seed, nanos);
  }

  /**
   * @param search ranks what is found, for every strategy and identity alike; stays the caller's
   */
  public Evaluation(
      LuceneSearchEngine engine,
      RankedSearch search,
      Dataset dataset,
      Split split,
      long seed,
      LongSupplier nanos) {
    this(
        engine,
        search,
        dataset,
        split + " of split " + dataset.split().seed(),
        dataset.queries(split),
        seed,
        nanos);
  }

  /**
   * @param described which queries these are, for reports and messages
   * @param candidates queries of the dataset to judge
   */
  public Evaluation(
      LuceneSearchEngine engine,
      Dataset dataset,
      String described,
      List<JudgedQuery> candidates,
      long seed,
      LongSupplier nanos) {
    this(engine, RankedSearch.asFound(engine), dataset, described, candidates, seed, nanos);
  }

  /**
   * @param search ranks what is found, for every strategy and identity alike; stays the caller's
   */
  public Evaluation(
      LuceneSearchEngine engine,
      RankedSearch search,
      Dataset dataset,
      String described,
      List<JudgedQuery> candidates,
      long seed,
      LongSupplier nanos) {
    this.engine = engine;
    this.search = search;
    this.dataset = dataset;
    this.described = described;
    this.seed = seed;
    this.nanos = nanos;
    this.queries = candidates.stream().filter(query -> gains(dataset, query)).toList();
    if (queries.isEmpty()) {
      throw new IllegalArgumentException(
          "Dataset %s has no query with a relevant product among %s, expected at least one. Judge more queries, or evaluate another split."
              .formatted(dataset.name(), described));
    }
    this.typedHits = queries.stream().mapToLong(query -> engine.count(typed(query))).toArray();
    this.identity = outcomes(Strategy.identity());
  }

  /** The queries that are judged, as typed. */
  public List<String> texts() {
    return queries.stream().map(JudgedQuery::text).toList();
  }

  /** Judges several strategies on the same queries, with identity as the only baseline. */
  public EvaluationReport judge(List<Strategy> strategies) {
    return judge(strategies, Set.of(), (strategy, query, hits) -> {});
  }

  /**
   * Judges several strategies on the same queries.
   *
   * @param baselines names of strategies that differences are taken to, beside identity
   * @param rankings takes every ranking
   */
  public EvaluationReport judge(
      List<Strategy> strategies, Set<String> baselines, RankingSink rankings) {
    Map<Strategy, Outcomes> outcomes = new LinkedHashMap<>();
    Map<String, Outcomes> compared = new LinkedHashMap<>();
    compared.put(Strategy.IDENTITY, identity);
    for (Strategy strategy : strategies) {
      Outcomes found = outcomes(strategy);
      outcomes.put(strategy, found);
      if (baselines.contains(strategy.name())) {
        compared.putIfAbsent(strategy.name(), found);
      }
      for (int i = 0; i < queries.size(); i++) {
        rankings.write(strategy, queries.get(i).id(), found.ranking(i));
      }
    }
    Map<Stratum, int[]> strata = Strata.of(dataset, queries, typedHits);
    Comparison comparison = new Comparison(strata, counted(), identity, compared, seed);
    int[] wellSpelt = strata.getOrDefault(Stratum.OTHER, new int[0]);
    RewritingStyle style = new RewritingStyle(engine, queries, wellSpelt, search.timed());
    List<PolicyFigures> figures = new ArrayList<>();
    outcomes.forEach(
        (strategy, found) ->
            figures.add(
                new PolicyFigures(
                    strategy.name(), strategy.mode(), style.of(found), comparison.of(found))));
    return new EvaluationReport(
        dataset.name(), described, queries.size(), seed, EvaluationReport.UNJUDGED, figures);
  }

  private Outcomes outcomes(Strategy strategy) {
    Outcomes outcomes = new Outcomes(queries.size());
    for (int i = 0; i < queries.size(); i++) {
      long begin = nanos.getAsLong();
      RewriteChoice choice = strategy.choose().apply(queries.get(i).text());
      long chosen = nanos.getAsLong();
      SearchResults results = search.search(queries.get(i).text(), choice.form(), DEPTH);
      long found = nanos.getAsLong();
      outcomes.add(
          choice, results.hits(), (chosen - begin) / NANOS_PER_MS, (found - chosen) / NANOS_PER_MS);
      measure(outcomes, i, results);
      outcomes.set(i, Metric.RETRIEVAL_GAIN, retrievalGain(i, choice.form()));
    }
    return outcomes;
  }

  private void measure(Outcomes outcomes, int index, SearchResults results) {
    JudgedQuery query = queries.get(index);
    List<String> ranking = results.productIds();
    Map<String, Double> gains = dataset.gains(query);
    Set<String> relevant = dataset.relevant(query);
    double recall = RankingMetrics.recall(ranking, relevant, DEPTH);
    double shown =
        ranking.stream().limit(SHOWN).mapToDouble(id -> gains.getOrDefault(id, 0.0)).sum();
    outcomes.set(index, Metric.NDCG_AT_10, RankingMetrics.ndcg(ranking, gains, SHOWN));
    outcomes.set(index, Metric.NDCG_AT_100, RankingMetrics.ndcg(ranking, gains, DEPTH));
    outcomes.set(
        index, Metric.CONDENSED_NDCG_AT_10, RankingMetrics.condensedNdcg(ranking, gains, SHOWN));
    outcomes.set(index, Metric.RECALL_AT_100, recall);
    outcomes.set(index, Metric.RECIPROCAL_RANK, RankingMetrics.reciprocalRank(ranking, relevant));
    outcomes.set(index, Metric.COVERAGE, recall * relevant.size());
    outcomes.set(index, Metric.RELEVANCE, shown / SHOWN / dataset.scale().bestGain());
    outcomes.set(index, Metric.NULL_RATE, results.totalHits() == 0 ? 1 : 0);
  }

  private double retrievalGain(int index, QueryForm form) {
    long typed = typedHits[index];
    long together = engine.count(typed(queries.get(index)), form);
    return (together - typed) / (double) Math.max(1, typed);
  }

  private Map<Metric.Judged, boolean[]> counted() {
    Map<Metric.Judged, boolean[]> counted = new EnumMap<>(Metric.Judged.class);
    for (Metric.Judged judged : Metric.Judged.values()) {
      boolean[] mask = new boolean[queries.size()];
      for (int i = 0; i < mask.length; i++) {
        mask[i] =
            judged != Metric.Judged.WITH_RELEVANT || !dataset.relevant(queries.get(i)).isEmpty();
      }
      counted.put(judged, mask);
    }
    return counted;
  }

  private static QueryForm typed(JudgedQuery query) {
    return SearchQuery.identity(query.text());
  }

  private static boolean gains(Dataset dataset, JudgedQuery query) {
    return dataset.gains(query).values().stream().anyMatch(gain -> gain > 0);
  }
}

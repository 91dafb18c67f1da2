package io.searchloop.app.train;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.dataset.TrainingText;
import io.searchloop.policy.rewrite.QueryText;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.search.evaluation.RankingMetrics;
import io.searchloop.search.query.FusedQuery;
import io.searchloop.search.query.FusedSearch;
import io.searchloop.trainer.offline.Feedback;
import io.searchloop.trainer.warmstart.NoiseChannel;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Rewards a rewrite by what people judged, in the query that is served: typed text, spelling
 * checker and rewrite in one. Only the difference to typed text and spelling checker counts, so
 * that a rewrite without effect earns nothing and one that does harm pays for it.
 *
 * <pre>
 *   r(y) = a (nDCG@10(q, c, y) - nDCG@10(q, c)) + b (recall@100(q, c, y) - recall@100(q, c))
 *          - price * |new words of y|
 * </pre>
 *
 * <p>Beside each judged query stand misspellings of it, drawn from the slips that corrections of
 * train queries show: few judged queries are misspelt, and those that are carry most of what there
 * is to gain. Judgments of train queries alone take part. Any thread, several at once.
 */
final class JudgedFeedback implements Feedback {
  private static final int SHOWN = 10;
  private static final int DEPTH = 100;
  private static final int ATTEMPTS = 5;

  private final SearchEngine engine;
  private final Dataset dataset;
  private final FusedSearch search;
  private final FeedbackConfig prices;
  private final Map<String, JudgedQuery> meant = new LinkedHashMap<>();

  /** How good a list is. */
  private record Quality(double ndcg, double recall) {}

  /**
   * @param search how rewrites will be served
   * @param seed of the misspellings
   */
  JudgedFeedback(
      SearchEngine engine, Dataset dataset, FusedSearch search, FeedbackConfig prices, long seed) {
    this.engine = engine;
    this.dataset = dataset;
    this.search = search;
    this.prices = prices;
    misspell(judged(), NoiseChannel.learn(TrainingText.of(dataset).corrections()), seed);
  }

  /** What is learned from: the judged train queries, then their misspellings. */
  List<String> queries() {
    return List.copyOf(meant.keySet());
  }

  /** What somebody who typed one of {@link #queries} wanted. */
  JudgedQuery meant(String query) {
    JudgedQuery judged = meant.get(query);
    if (judged == null) {
      throw new IllegalArgumentException(
          "Query %s has no judgments, expected one of those learned from.".formatted(query));
    }
    return judged;
  }

  /** Train queries with a product that gains. */
  List<JudgedQuery> judged() {
    return dataset.queries(Split.TRAIN).stream()
        .filter(query -> dataset.gains(query).values().stream().anyMatch(gain -> gain > 0))
        .toList();
  }

  @Override
  public Scores score(String query, List<Proposal> proposals) {
    JudgedQuery judged = meant(query);
    FusedQuery fused = search.of(query);
    Set<String> known = words(query);
    known.addAll(words(fused.corrected()));
    Quality without = quality(judged, fused, List.of());
    Map<List<String>, Double> rewards = new LinkedHashMap<>();
    for (Proposal proposal : proposals) {
      if (proposal.valid()) {
        rewards.computeIfAbsent(
            proposal.rewrites(), rewrites -> reward(judged, fused, rewrites, known, without));
      }
    }
    return new Scores(
        proposals.stream()
            .map(one -> one.valid() ? rewards.get(one.rewrites()) : prices.invalid())
            .toList(),
        0);
  }

  private double reward(
      JudgedQuery judged,
      FusedQuery fused,
      List<String> rewrites,
      Set<String> known,
      Quality without) {
    Set<String> added = new HashSet<>();
    rewrites.forEach(rewrite -> added.addAll(words(rewrite)));
    added.removeAll(known);
    if (added.isEmpty()) {
      return 0;
    }
    Quality with = quality(judged, fused, rewrites);
    return prices.ndcg() * (with.ndcg() - without.ndcg())
        + prices.recall() * (with.recall() - without.recall())
        - prices.newWord() * added.size();
  }

  private Quality quality(JudgedQuery judged, FusedQuery fused, List<String> rewrites) {
    List<String> ranking = engine.search(fused.with(rewrites), DEPTH).productIds();
    return new Quality(
        RankingMetrics.ndcg(ranking, dataset.gains(judged), SHOWN),
        RankingMetrics.recall(ranking, dataset.relevant(judged), DEPTH));
  }

  /** A misspelling that is itself a query somebody judged belongs to that query. */
  private void misspell(List<JudgedQuery> judged, NoiseChannel noise, long seed) {
    Set<String> taken =
        dataset.queries().stream()
            .map(query -> QueryText.normalise(query.text()))
            .collect(Collectors.toCollection(HashSet::new));
    judged.forEach(query -> meant.putIfAbsent(QueryText.normalise(query.text()), query));
    SplittableRandom random = new SplittableRandom(seed);
    for (JudgedQuery query : judged) {
      String text = QueryText.normalise(query.text());
      for (int i = 0; i < prices.misspelt(); i++) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
          String written = noise.misspell(text, random);
          if (taken.add(written)) {
            meant.put(written, query);
            break;
          }
        }
      }
    }
  }

  private static Set<String> words(String text) {
    return new HashSet<>(List.of(QueryText.normalise(text).split(" ")));
  }
}

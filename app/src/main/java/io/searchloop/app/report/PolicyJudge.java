package io.searchloop.app.report;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.evaluation.Evaluation;
import io.searchloop.app.evaluation.EvaluationReport;
import io.searchloop.app.evaluation.LearnedPolicy;
import io.searchloop.app.evaluation.PublishedPolicies;
import io.searchloop.app.evaluation.Strategy;
import io.searchloop.app.log.PolicyHistory.Release;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import io.searchloop.search.arms.RewriteArm;
import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.query.SearchRule;
import io.searchloop.search.query.ServedSearch;
import io.searchloop.streams.inference.OnnxPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Judges the warm start and the last version by human judgments of test-split queries, beside the
 * query as typed and a spelling checker. Shoppers never typed these queries, nothing was trained on
 * them, and no reward takes part. Rewrites are greedy; BM25 is not tuned, nothing is re-ranked.
 */
public final class PolicyJudge {
  private final PublishedPolicies published;
  private final Dataset dataset;
  private final SearchRule rule;
  private final long seed;

  /**
   * @param rule how workers search
   * @param seed of the bootstrap intervals
   */
  public PolicyJudge(
      Brokers bootstrapServers, Serdes serdes, Dataset dataset, SearchRule rule, long seed) {
    this.published = new PublishedPolicies(bootstrapServers, serdes);
    this.dataset = dataset;
    this.rule = rule;
    this.seed = seed;
  }

  /**
   * Judges the first and the last of the releases; none gives the baselines only.
   *
   * @param releases releases in order, refusals left out
   */
  public EvaluationReport judge(List<Release> releases) {
    try (LuceneSearchEngine engine =
        LuceneSearchEngine.index(dataset.products(), 1, Bm25.DEFAULT)) {
      RewriteArm checker = new SpellingArm(engine.vocabulary());
      List<Strategy> strategies = new ArrayList<>();
      for (Combination mode : Combination.values()) {
        strategies.add(Strategy.of(Strategy.IDENTITY, mode, UnaryOperator.identity()));
        strategies.add(Strategy.spelling("spelling", mode, checker));
      }
      if (releases.isEmpty()) {
        return judge(engine, strategies);
      }
      try (OnnxPolicy first = published.open(releases.get(0), releases);
          OnnxPolicy last = published.open(releases.get(releases.size() - 1), releases)) {
        ServedSearch search = rule.over(engine.vocabulary());
        strategies.addAll(of("warm-start", search, new LearnedPolicy(first, engine)::rewrite));
        strategies.addAll(of("last-version", search, new LearnedPolicy(last, engine)::rewrite));
        return judge(engine, strategies);
      }
    }
  }

  private EvaluationReport judge(LuceneSearchEngine engine, List<Strategy> strategies) {
    return new Evaluation(engine, dataset, Split.TEST, seed, System::nanoTime).judge(strategies);
  }

  /** As workers serve it, and alone in place of the query, which may be the same. */
  static List<Strategy> of(
      String name, ServedSearch search, Function<String, Optional<String>> answers) {
    Strategy alone = Strategy.answered(name, Combination.REPLACE, answers);
    return switch (search.combination()) {
      case UNION -> List.of(Strategy.fused(name, search.fused(), answers), alone);
      case REPLACE -> List.of(alone);
    };
  }
}

package io.searchloop.app.train;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.Evaluation;
import io.searchloop.app.dataset.EvaluationReport;
import io.searchloop.app.dataset.PolicyFigures;
import io.searchloop.app.dataset.Split;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.rewrite.ContextSource;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.offline.Validation;
import io.searchloop.trainer.sampling.Answer;
import io.searchloop.trainer.sampling.PolicyDecoder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Judges greedy rewrites of validation queries by human judgments, which no reward sees. Test
 * queries stay untouched: they are for {@code evaluate}.
 */
final class JudgedValidation implements Validation {
  private final Evaluation evaluation;
  private final ContextSource contexts;
  private final SpellingArm spelling;

  JudgedValidation(LuceneSearchEngine engine, Dataset dataset, ContextSource contexts, long seed) {
    this.evaluation =
        new Evaluation(
            engine, dataset, Split.TRAIN, query -> Split.isValidation(query.text()), seed);
    this.contexts = contexts;
    this.spelling = new SpellingArm(engine.vocabulary());
  }

  @Override
  public Map<String, Double> judge(PolicyArtifact policy, NetworkConfig network) {
    Rewrites rewrites = rewrites(policy, network);
    PolicyFigures found =
        evaluation.judge(Map.of("policy", rewrites)).policies().values().iterator().next();
    Map<String, Double> figures = new TreeMap<>();
    figures.put("validity", rewrites.validity());
    figures.put("unchanged", found.unchanged());
    put(figures, "union", found.union());
    put(figures, "replace", found.replace());
    return figures;
  }

  /** The query as typed and a spelling checker beside the policies, with intervals. */
  EvaluationReport compare(Map<String, PolicyArtifact> policies, NetworkConfig network) {
    Map<String, UnaryOperator<String>> all = new LinkedHashMap<>();
    all.put("identity", UnaryOperator.identity());
    all.put("spelling", spelling::rewrite);
    policies.forEach((name, policy) -> all.put(name, rewrites(policy, network)));
    return evaluation.judge(all);
  }

  private Rewrites rewrites(PolicyArtifact policy, NetworkConfig network) {
    RewriteFormat format = policy.format();
    List<String> queries = evaluation.texts().stream().distinct().toList();
    List<Answer> answers =
        new PolicyDecoder(policy, network)
            .greedy(queries.stream().map(query -> format.prompt(contexts.of(query))).toList());
    Map<String, String> rewrites = new HashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      String query = queries.get(i);
      format.rewrite(answers.get(i).tokens()).ifPresent(text -> rewrites.put(query, text));
    }
    return new Rewrites(rewrites, queries.size());
  }

  private static void put(Map<String, Double> figures, String mode, PolicyFigures.Retrieval found) {
    figures.put(mode + "_ndcg_at_10", found.ndcgAt10().value());
    figures.put(mode + "_condensed_ndcg_at_10", found.condensedNdcgAt10().value());
    figures.put(mode + "_recall_at_100", found.recallAt100().value());
  }

  /** What a policy answered; an invalid answer is served as typed. */
  private record Rewrites(Map<String, String> byQuery, int queries)
      implements UnaryOperator<String> {
    @Override
    public String apply(String query) {
      return byQuery.getOrDefault(query, query);
    }

    double validity() {
      return byQuery.size() / (double) queries;
    }
  }
}

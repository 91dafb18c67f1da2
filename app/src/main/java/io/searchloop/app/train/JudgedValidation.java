package io.searchloop.app.train;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.Split;
import io.searchloop.app.evaluation.Evaluation;
import io.searchloop.app.evaluation.EvaluationReport;
import io.searchloop.app.evaluation.Metric;
import io.searchloop.app.evaluation.PolicyFigures;
import io.searchloop.app.evaluation.Strategy;
import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.rewrite.ContextSource;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.query.FusedSearch;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.offline.Validation;
import io.searchloop.trainer.sampling.Answer;
import io.searchloop.trainer.sampling.PolicyDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Judges greedy rewrites of dev queries by human judgments, which no reward sees. Test queries stay
 * untouched: they are for {@code evaluate}. A shop without such judgments, a catalogue alone or a
 * log of clicks, has nothing to say here.
 */
final class JudgedValidation implements Validation {
  private static final List<Metric> FOLLOWED =
      List.of(Metric.NDCG_AT_10, Metric.CONDENSED_NDCG_AT_10, Metric.RECALL_AT_100);

  private static final String WITH_SPELL = "+spell";

  private final Evaluation evaluation;
  private final ContextSource contexts;
  private final FusedSearch search;

  private JudgedValidation(Evaluation evaluation, FusedSearch search, ContextSource contexts) {
    this.evaluation = evaluation;
    this.contexts = contexts;
    this.search = search;
  }

  /** Of a dataset's dev queries; empty when it has none. */
  static Optional<JudgedValidation> of(
      LuceneSearchEngine engine,
      Dataset dataset,
      FusedSearch search,
      ContextSource contexts,
      long seed) {
    if (dataset.queries(Split.DEV).isEmpty()) {
      return Optional.empty();
    }
    Evaluation evaluation = new Evaluation(engine, dataset, Split.DEV, seed, System::nanoTime);
    return Optional.of(new JudgedValidation(evaluation, search, contexts));
  }

  @Override
  public Map<String, Double> judge(PolicyArtifact policy, NetworkConfig network) {
    Rewrites rewrites = rewrites(policy, network);
    EvaluationReport found = evaluation.judge(everyWay("policy", rewrites));
    Map<String, Double> figures = new TreeMap<>();
    figures.put("validity", rewrites.validity());
    for (Combination mode : Combination.values()) {
      PolicyFigures judged = found.of("policy", mode);
      String prefix = mode.name().toLowerCase(Locale.ROOT) + "_";
      figures.put("unchanged", judged.rewriting().unchanged());
      for (Metric metric : FOLLOWED) {
        figures.put(prefix + metric.key(), judged.all(metric).value());
      }
    }
    PolicyFigures fused = found.of("policy" + WITH_SPELL, Combination.UNION);
    FOLLOWED.forEach(metric -> figures.put("fused_" + metric.key(), fused.all(metric).value()));
    return figures;
  }

  /** The query as typed and a spelling checker beside the policies, with intervals. */
  EvaluationReport compare(Map<String, PolicyArtifact> policies, NetworkConfig network) {
    List<Strategy> all = new ArrayList<>();
    all.addAll(bothWays("identity", Optional::of));
    for (Combination mode : Combination.values()) {
      all.add(Strategy.spelling("spelling", mode, search.spelling()));
    }
    policies.forEach((name, policy) -> all.addAll(everyWay(name, rewrites(policy, network))));
    return evaluation.judge(all, Set.of("spelling"), (strategy, query, hits) -> {});
  }

  /** By itself, and fused with the spelling checker. */
  private List<Strategy> everyWay(String name, Function<String, Optional<String>> answers) {
    List<Strategy> ways = new ArrayList<>(bothWays(name, answers));
    ways.add(Strategy.fused(name + WITH_SPELL, search, answers));
    return ways;
  }

  private static List<Strategy> bothWays(String name, Function<String, Optional<String>> answers) {
    return Arrays.stream(Combination.values())
        .map(mode -> Strategy.answered(name, mode, answers))
        .toList();
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

  /** What a policy answered; nothing where that broke the format. */
  private record Rewrites(Map<String, String> byQuery, int queries)
      implements Function<String, Optional<String>> {
    @Override
    public Optional<String> apply(String query) {
      return Optional.ofNullable(byQuery.get(query));
    }

    double validity() {
      return byQuery.size() / (double) queries;
    }
  }
}

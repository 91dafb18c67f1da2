package io.searchloop.app.judge;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.offline.Validation;
import io.searchloop.trainer.sampling.Answer;
import io.searchloop.trainer.sampling.PolicyDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Asks a judge about a policy's greedy rewrites of queries that it does not learn from. For a judge
 * that always can tell. Runs on the caller's thread.
 */
public final class JudgedPolicy implements Validation {
  private final JudgedPages pages;
  private final List<String> queries;

  /**
   * @param pages their judge is not the one that trains
   * @param queries as typed
   */
  public JudgedPolicy(JudgedPages pages, List<String> queries) {
    this.pages = pages;
    this.queries = List.copyOf(queries);
  }

  /**
   * What the judge says of each query.
   *
   * @param terms in the order of the queries; an invalid answer is served as typed
   * @param validity share of answers that obey the format
   */
  public record Found(List<JudgeTerms> terms, double validity) {
    public Found {
      terms = List.copyOf(terms);
    }

    /** A figure of each query. */
    public double[] each(ToDoubleFunction<JudgeTerms> figure) {
      return terms.stream().mapToDouble(figure).toArray();
    }

    double mean(ToDoubleFunction<JudgeTerms> figure) {
      return terms.stream().mapToDouble(figure).average().orElse(Double.NaN);
    }
  }

  @Override
  public Map<String, Double> judge(PolicyArtifact policy, NetworkConfig network) {
    Found found = ask(policy, network);
    Map<String, Double> figures = new TreeMap<>();
    figures.put("relevance", found.mean(JudgeTerms::relevance));
    figures.put("diversity", found.mean(JudgeTerms::diversity));
    figures.put("engagement", found.mean(JudgeTerms::engagement));
    figures.put("validity", found.validity());
    return figures;
  }

  /** Terms of every query. */
  public Found ask(PolicyArtifact policy, NetworkConfig network) {
    RewriteFormat format = policy.format();
    List<int[]> prompts =
        queries.stream().map(query -> format.prompt(QueryContext.of(query))).toList();
    List<Answer> answers = new PolicyDecoder(policy, network).greedy(prompts);
    List<JudgeTerms> terms = new ArrayList<>();
    int valid = 0;
    for (int i = 0; i < queries.size(); i++) {
      List<String> rewrites = format.rewrites(answers.get(i).tokens());
      valid += rewrites.isEmpty() ? 0 : 1;
      terms.add(pages.terms(queries.get(i), List.of(rewrites)).get(0).orElseThrow());
    }
    return new Found(terms, valid / (double) queries.size());
  }
}

package io.searchloop.trainer.distillation;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.trainer.sampling.Answer;
import io.searchloop.trainer.sampling.PolicyDecoder;
import io.searchloop.trainer.warmstart.WarmStart;
import java.util.List;
import java.util.Optional;

/**
 * Whether a student answers as its teacher does when both say what they find likeliest.
 *
 * @param queries how many were asked
 * @param exactMatch share answered with the teacher's very rewrite
 * @param validity share the student answered with a rewrite at all
 */
public record Agreement(int queries, double exactMatch, double validity) {

  /** Asks both; queries should be none they learned from. */
  public static Agreement on(List<String> queries, WarmStart teacher, WarmStart student) {
    if (queries.isEmpty()) {
      throw new IllegalArgumentException(
          "Agreement was asked on no query, expected at least one. Hold some out.");
    }
    List<Optional<String>> expected = greedy(teacher, queries);
    List<Optional<String>> answered = greedy(student, queries);
    int alike = 0;
    int valid = 0;
    for (int i = 0; i < queries.size(); i++) {
      valid += answered.get(i).isPresent() ? 1 : 0;
      alike += answered.get(i).isPresent() && answered.get(i).equals(expected.get(i)) ? 1 : 0;
    }
    return new Agreement(
        queries.size(), alike / (double) queries.size(), valid / (double) queries.size());
  }

  private static List<Optional<String>> greedy(WarmStart policy, List<String> queries) {
    PolicyArtifact artifact = policy.artifact(policy.network());
    RewriteFormat format = policy.format();
    List<int[]> prompts =
        queries.stream().map(query -> format.prompt(QueryContext.of(query))).toList();
    return new PolicyDecoder(artifact, policy.network().config())
        .greedy(prompts).stream().map(Answer::tokens).map(format::rewrite).toList();
  }
}

package io.searchloop.trainer.offline;

import io.searchloop.policy.release.PolicyArtifact;
import io.searchloop.policy.rewrite.ContextSource;
import io.searchloop.policy.rewrite.RewriteFormat;
import io.searchloop.trainer.network.NetworkConfig;
import io.searchloop.trainer.sampling.Answer;
import io.searchloop.trainer.sampling.PolicyDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Groups of rewrites from the exported policy, drawn as a worker draws them, and scored. Sampling
 * runs on the caller's thread and is a function of weights and randomness; scoring uses every core,
 * which changes no score.
 */
final class RolloutSampler {
  private final ContextSource contexts;
  private final Feedback feedback;
  private final int candidates;
  private final double temperature;

  RolloutSampler(ContextSource contexts, Feedback feedback, int candidates, double temperature) {
    this.contexts = contexts;
    this.feedback = feedback;
    this.candidates = candidates;
    this.temperature = temperature;
  }

  /** A group for each query, in order. */
  List<SampledGroup> sample(
      PolicyArtifact policy, NetworkConfig network, List<String> queries, RandomGenerator random) {
    RewriteFormat format = policy.format();
    List<int[]> prompts = queries.stream().map(query -> format.prompt(contexts.of(query))).toList();
    List<int[]> repeated = new ArrayList<>();
    prompts.forEach(prompt -> IntStream.range(0, candidates).forEach(i -> repeated.add(prompt)));
    List<Answer> answers = new PolicyDecoder(policy, network).sample(repeated, temperature, random);
    return IntStream.range(0, queries.size())
        .parallel()
        .mapToObj(
            i ->
                group(
                    queries.get(i),
                    prompts.get(i),
                    answers.subList(i * candidates, (i + 1) * candidates),
                    format))
        .toList();
  }

  private SampledGroup group(
      String query, int[] prompt, List<Answer> answers, RewriteFormat format) {
    List<Feedback.Proposal> proposals =
        answers.stream()
            .map(
                answer ->
                    new Feedback.Proposal(format.rewrites(answer.tokens()), answer.tokens().length))
            .toList();
    return SampledGroup.of(prompt, answers, proposals, feedback.score(query, proposals));
  }
}

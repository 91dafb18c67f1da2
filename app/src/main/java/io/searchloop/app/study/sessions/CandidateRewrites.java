package io.searchloop.app.study.sessions;

import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.streams.inference.Deadline;
import io.searchloop.streams.inference.OnnxPolicy;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.streams.inference.Rollout;
import io.searchloop.trainer.checkpoint.RandomState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a policy would have typed: the greedy answer and {@value #DRAWS} drawn at temperature 1 by
 * the workers' sampler, distinct, likeliest first, at most {@value #CANDIDATES}. Borrows the
 * policy. One thread.
 */
final class CandidateRewrites {
  static final int CANDIDATES = 16;
  private static final int DRAWS = 32;

  private final OnnxPolicy policy;
  private final RewriteSampler sampler = new RewriteSampler(new SamplerSettings(DRAWS, 1));

  CandidateRewrites(OnnxPolicy policy) {
    this.policy = policy;
  }

  /**
   * Valid rewrites; none when no answer was valid.
   *
   * @param seed of the draws
   */
  List<String> of(QueryContext context, long seed) {
    int[] prompt = policy.format().prompt(context);
    List<Rollout> rollouts =
        new ArrayList<>(
            sampler.sample(policy, prompt, new RandomState(seed), Deadline.NONE).orElseThrow());
    rollouts.add(sampler.greedy(policy, prompt));
    Map<String, Double> likelihoods = new HashMap<>();
    rollouts.stream()
        .filter(Rollout::valid)
        .forEach(one -> likelihoods.merge(one.rewrite(), logProb(one), Math::max));
    return likelihoods.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(CANDIDATES)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The likeliest answer; empty when it is not valid. */
  Optional<String> greedy(QueryContext context) {
    return Optional.of(sampler.greedy(policy, policy.format().prompt(context)))
        .filter(Rollout::valid)
        .map(Rollout::rewrite);
  }

  private static double logProb(Rollout rollout) {
    double sum = 0;
    for (float logProb : rollout.logProbs()) {
      sum += logProb;
    }
    return sum;
  }
}

package io.searchloop.streams.decision;

import io.searchloop.streams.activation.PolicyLease;
import io.searchloop.streams.heads.QueryStrata;
import io.searchloop.streams.heads.Stratum;
import io.searchloop.streams.inference.Deadline;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.streams.inference.Rollout;
import io.searchloop.streams.metrics.ServingMetrics;
import io.searchloop.streams.slates.SlateStore;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Where rollouts come from: the sampler, or for a head query the slate that was sampled for it
 * first. Any thread.
 */
public final class CandidateSource {
  private final Prompts prompts;
  private final RewriteSampler sampler;
  private final SlateStore slates;
  private final int slateSize;
  private final QueryStrata strata;
  private final ServingMetrics metrics;

  /**
   * @param prompts what the policy is asked
   * @param slates the stored slates; one without capacity turns slates off
   * @param slateSize rollouts sampled for a slate
   * @param strata tells which queries are worth a slate
   */
  public CandidateSource(
      Prompts prompts,
      RewriteSampler sampler,
      SlateStore slates,
      int slateSize,
      QueryStrata strata,
      ServingMetrics metrics) {
    this.prompts = prompts;
    this.sampler = sampler;
    this.slates = slates;
    this.slateSize = slateSize;
    this.strata = strata;
    this.metrics = metrics;
  }

  /** Temperature that rollouts are sampled at. */
  double temperature() {
    return sampler.settings().temperature();
  }

  /** Prompt of a search for a policy. */
  int[] prompt(PolicyLease lease, RewriteRequest request) {
    return prompts.of(lease.policy().format(), request);
  }

  /** Rollouts for one query; empty when the deadline passed before. */
  Optional<CandidateSet> sample(
      PolicyLease lease, int[] prompt, RandomGenerator random, Deadline end) {
    return explore(lease, prompt, temperature(), random, end);
  }

  /** Rollouts for one query at a temperature of its own; empty when the deadline passed before. */
  Optional<CandidateSet> explore(
      PolicyLease lease, int[] prompt, double temperature, RandomGenerator random, Deadline end) {
    return rollouts(lease, prompt, sampler.settings().candidates(), temperature, random, end)
        .map(CandidateSet::fresh);
  }

  /**
   * The slate of a head query, sampled by the first request that asks for it; rollouts of its own
   * for any other query.
   *
   * @return empty when the deadline passed before
   */
  Optional<CandidateSet> slateOrSample(
      PolicyLease lease, DecisionFrame frame, int[] prompt, RandomGenerator random, Deadline end) {
    if (!slates.enabled() || strata.of(frame.request().query()) != Stratum.HEAD) {
      return sample(lease, prompt, random, end);
    }
    String groupKey = frame.groupKey(prompt, lease.identity().lineage());
    Optional<CandidateSet> drawn =
        slates
            .find(lease.identity(), groupKey)
            .or(
                () ->
                    rollouts(lease, prompt, slateSize, temperature(), random, end)
                        .map(rollouts -> slates.keep(lease.identity(), groupKey, rollouts)))
            .map(CandidateSet::of);
    drawn.ifPresent(set -> metrics.slate("drawn", 1));
    return drawn;
  }

  private Optional<List<Rollout>> rollouts(
      PolicyLease lease,
      int[] prompt,
      int count,
      double temperature,
      RandomGenerator random,
      Deadline end) {
    Optional<List<Rollout>> rollouts =
        sampler.sample(lease.policy(), prompt, count, temperature, random, end);
    rollouts.ifPresent(list -> list.forEach(rollout -> metrics.sampled(rollout.valid())));
    return rollouts;
  }
}

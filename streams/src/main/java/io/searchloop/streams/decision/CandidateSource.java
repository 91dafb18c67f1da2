package io.searchloop.streams.decision;

import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.streams.activation.PolicyLease;
import io.searchloop.streams.heads.QueryStrata;
import io.searchloop.streams.heads.Stratum;
import io.searchloop.streams.inference.Deadline;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.streams.inference.Rollout;
import io.searchloop.streams.metrics.ServingMetrics;
import io.searchloop.streams.rules.FixedQuery;
import io.searchloop.streams.rules.RuleBook;
import io.searchloop.streams.slates.SlateStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Where rollouts come from: the sampler, or the slate that some worker filled for the query; and
 * what the shop's rules make of them. A head query without a slate is sampled like any other, and
 * asked for. Any thread.
 */
public final class CandidateSource {
  private final Prompts prompts;
  private final RewriteSampler sampler;
  private final SlateStore slates;
  private final QueryStrata strata;
  private final Consumer<QueryContext> misses;
  private final RuleBook rules;
  private final ServingMetrics metrics;

  /**
   * @param prompts what the policy is asked
   * @param slates the stored slates; one without capacity turns slates off
   * @param strata tells which queries are worth a slate
   * @param misses hears of those that have none; must not wait
   * @param rules of the shop, above every policy
   */
  public CandidateSource(
      Prompts prompts,
      RewriteSampler sampler,
      SlateStore slates,
      QueryStrata strata,
      Consumer<QueryContext> misses,
      RuleBook rules,
      ServingMetrics metrics) {
    this.prompts = prompts;
    this.sampler = sampler;
    this.slates = slates;
    this.strata = strata;
    this.misses = misses;
    this.rules = rules;
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

  /** What the shop's rules decide for a query, so that nothing is sampled. */
  Optional<FixedQuery> fixed(RewriteRequest request) {
    return rules.fixed(request.query());
  }

  /** Rollouts under the shop's rules; asked once for each search, since it counts. */
  CandidateSet ruled(RewriteRequest request, CandidateSet sampled) {
    return sampled.under(rules, request.query());
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
   * The slate of a query, or rollouts of its own while it has none. What the policy is shown of a
   * shopper keeps a request from both: a slate is for whoever asks.
   *
   * @return empty when the deadline passed before
   */
  Optional<CandidateSet> slateOrSample(
      PolicyLease lease, DecisionFrame frame, int[] prompt, RandomGenerator random, Deadline end) {
    QueryContext context = frame.request().context().seenUnder(lease.policy().format().options());
    if (!slates.enabled() || !context.equals(new QueryContext(context.query(), context.locale()))) {
      return sample(lease, prompt, random, end);
    }
    Optional<CandidateSet> stored =
        slates
            .find(
                lease.identity(),
                frame.plan().epoch(),
                frame.groupKey(prompt, lease.identity().lineage()),
                lease.policy().format())
            .map(CandidateSet::of);
    if (stored.isPresent()) {
      metrics.slate("drawn", 1);
      return stored;
    }
    if (strata.of(context.query()) == Stratum.HEAD) {
      misses.accept(context);
    }
    return sample(lease, prompt, random, end);
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

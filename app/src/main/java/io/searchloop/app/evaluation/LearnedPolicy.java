package io.searchloop.app.evaluation;

import io.searchloop.policy.rewrite.QueryContext;
import io.searchloop.policy.sampling.SamplerSettings;
import io.searchloop.search.engine.ProductNotes;
import io.searchloop.search.engine.SearchEngine;
import io.searchloop.streams.inference.Deadline;
import io.searchloop.streams.inference.OnnxPolicy;
import io.searchloop.streams.inference.RewriteSampler;
import io.searchloop.streams.inference.Rollout;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Greedy rewrites of a policy, by the decoder and the prompts of the workers. Any thread, while the
 * policy is open.
 */
public final class LearnedPolicy {
  private static final SamplerSettings GREEDY = new SamplerSettings(1, 1);

  private final OnnxPolicy policy;
  private final SearchEngine engine;
  private final RewriteSampler sampler = new RewriteSampler(GREEDY);

  /**
   * @param policy stays the caller's
   * @param engine what prompts show of, for a policy that asks for products
   */
  public LearnedPolicy(OnnxPolicy policy, SearchEngine engine) {
    this.policy = policy;
    this.engine = engine;
  }

  /** The likeliest rewrite; empty when the answer breaks the format. */
  public Optional<String> rewrite(String query) {
    Rollout rollout = sampler.greedy(policy, prompt(query));
    return rollout.valid() ? Optional.of(rollout.rewrite()) : Optional.empty();
  }

  /** Rewrites as drawn for a page, an invalid one the query as typed. */
  public List<String> drawn(String query, SamplerSettings settings, RandomGenerator random) {
    return new RewriteSampler(settings)
        .sample(policy, prompt(query), random, Deadline.NONE).orElseThrow().stream()
            .map(rollout -> rollout.valid() ? rollout.rewrite() : query)
            .toList();
  }

  private int[] prompt(String query) {
    int products = policy.format().options().products();
    return policy
        .format()
        .prompt(QueryContext.of(query).withProducts(ProductNotes.top(engine, query, products)));
  }
}

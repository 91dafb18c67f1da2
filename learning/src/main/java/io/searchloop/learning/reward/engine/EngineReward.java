package io.searchloop.learning.reward.engine;

import io.searchloop.schemas.RewardConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * The engine reward: LESER (arXiv 2509.05570) with coverage, diversity, increment and length beside
 * it, each switched on by its weight in the reward configuration.
 *
 * <pre>
 *   r(y) = valid(y) * ( engine_relevance * R(y) / max(R(q), eps) + engine_size * g(n(y) / max(n(q), s0)) + ... )
 *          + (1 - valid(y)) * invalid_reward
 * </pre>
 *
 * <p>With the default weights 1 and lambda = .1 identity earns 1 + .1 g(1) = 1.1 and an invalid
 * rewrite 0. Example: R(y) = .6, R(q) = .4, n(y) = 6, n(q) = 2, s0 = 1 earn 1.5 + .1 g(3) = 1.7.
 *
 * <p>Where the query without a rewrite finds less than the floors eps and s0, identity earns less
 * than that, at worst 0: then only a negative {@code invalid_reward} keeps an invalid rewrite below
 * it.
 *
 * @param shown k: results of a page, over which relevance is averaged
 * @param relevant f0 in [0,1]: relevance from which a product counts
 * @param relevanceFloor eps above 0: the least R(q) that is divided by
 * @param sizeFloor s0 above 0: the least n(q) that is divided by
 * @param diversityCap greatest value of diversity
 * @param normalised whether terms are normalised over their group before they are summed
 */
public record EngineReward(
    int shown,
    double relevant,
    double relevanceFloor,
    double sizeFloor,
    double diversityCap,
    boolean normalised) {

  /** Checks the ranges. */
  public EngineReward {
    require(shown >= 1, "top-k", shown, "at least 1");
    require(relevant >= 0 && relevant <= 1, "relevant", relevant, "0 to 1");
    require(relevanceFloor > 0, "relevance-floor", relevanceFloor, "a number above 0");
    require(sizeFloor > 0, "size-floor", sizeFloor, "a number above 0");
    require(diversityCap >= 0, "diversity-cap", diversityCap, "at least 0");
  }

  /** The model with the weights of a reward configuration. */
  public RewardModel weighted(RewardConfig config) {
    List<WeightedTerm> terms = new ArrayList<>();
    add(terms, new RelevanceRatio(shown, relevanceFloor), config.getEngineRelevance());
    add(terms, new SizeRatio(relevant, sizeFloor), config.getEngineSize());
    add(terms, new Coverage(relevant), config.getEngineCoverage());
    add(terms, new Diversity(diversityCap), config.getEngineDiversity());
    add(terms, Increment.withinRelevant(relevant), config.getEngineIncrement());
    add(terms, new LengthPenalty(config.getFreeTokens()), config.getLengthPenalty());
    return new RewardModel(terms, config.getInvalidReward(), normalised);
  }

  /** A term without weight would only lengthen every tuple. */
  private static void add(List<WeightedTerm> terms, EngineTerm term, double weight) {
    if (weight != 0) {
      terms.add(new WeightedTerm(term, weight));
    }
  }

  private static void require(boolean holds, String key, Number found, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          key + " is " + found + ", expected " + expected + ". Correct the setting.");
    }
  }
}

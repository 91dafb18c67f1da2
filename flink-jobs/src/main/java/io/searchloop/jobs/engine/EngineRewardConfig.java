package io.searchloop.jobs.engine;

import io.searchloop.learning.reward.engine.EngineReward;
import io.searchloop.schemas.config.Setting;
import io.searchloop.search.engine.Combination;
import java.io.Serializable;
import java.time.Duration;

/**
 * What the engine reward looks at; the weights of its terms are the reward configuration's to say.
 *
 * @param parallelism subtasks of every operator but the ledger
 * @param remember how long a scored decision is remembered, so that a repeated one earns nothing
 * @param combination how a rewrite joins the typed query, where a decision does not say
 * @param topK results of a page, over which relevance is averaged
 * @param depth how many results of each search are looked at; size, coverage and diversity end
 *     there
 * @param relevant relevance from which a product counts, 0 to 1
 * @param relevanceFloor least relevance of the query without a rewrite that is divided by
 * @param sizeFloor least number of relevant products of the query without a rewrite that is divided
 *     by
 * @param diversityCap greatest value of the diversity term
 * @param normalised whether terms are normalised over their group before they are summed
 */
public record EngineRewardConfig(
    @Setting(value = "1", help = "subtasks of the engine reward job") int parallelism,
    @Setting(value = "PT1H", help = "how long a repeated decision is recognised") Duration remember,
    @Setting(
            value = "union",
            help =
                "how a rewrite joins the typed query of decisions that do not say: union or replace")
        Combination combination,
    @Setting(value = "10", help = "results over which relevance is averaged") int topK,
    @Setting(value = "100", help = "results of each search that are looked at") int depth,
    @Setting(value = "0.2", help = "relevance from which a product counts, 0 to 1") double relevant,
    @Setting(value = "0.1", help = "least relevance without a rewrite to divide by")
        double relevanceFloor,
    @Setting(value = "10", help = "fewest relevant products without a rewrite to divide by")
        double sizeFloor,
    @Setting(value = "2", help = "greatest value of the diversity term") double diversityCap,
    @Setting(value = "false", help = "normalise terms over their group before summing")
        boolean normalised)
    implements Serializable {

  public EngineRewardConfig {
    if (parallelism < 1) {
      throw new IllegalArgumentException(
          "parallelism is " + parallelism + ", expected at least 1.");
    }
    if (remember.isNegative() || remember.isZero()) {
      throw new IllegalArgumentException(
          "remember is " + remember + ", expected a positive duration such as PT1H.");
    }
    if (depth < topK) {
      throw new IllegalArgumentException(
          "depth is %d, expected at least top-k, which is %d.".formatted(depth, topK));
    }
    new EngineReward(topK, relevant, relevanceFloor, sizeFloor, diversityCap, normalised);
  }

  /** The reward without its weights; its ranges are checked when this record is made. */
  EngineReward reward() {
    return new EngineReward(topK, relevant, relevanceFloor, sizeFloor, diversityCap, normalised);
  }
}

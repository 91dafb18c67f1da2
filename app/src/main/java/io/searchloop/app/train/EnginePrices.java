package io.searchloop.app.train;

import io.searchloop.jobs.engine.EngineRewardConfig;
import io.searchloop.learning.reward.engine.EngineReward;
import io.searchloop.learning.reward.engine.RewardModel;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.config.Setting;

/**
 * Weights of the engine reward's terms, keys {@code train.reward.*}; in a loop the reward
 * configuration says them.
 *
 * @param relevance weight of the relevance ratio
 * @param size lambda, weight of the result-size ratio
 * @param diversity weight of the share of new products
 * @param increment weight of new products within the reference set
 * @param coverage weight of the share of what all rewrites of a query find together
 * @param lengthPenalty cost of each token beyond the free ones
 * @param freeTokens tokens that cost nothing
 * @param invalid reward of an answer that breaks the format
 */
public record EnginePrices(
    @Setting(value = "1", help = "weight of the relevance ratio (LESER)") double relevance,
    @Setting(value = "0.1", help = "lambda: weight of the result-size ratio (LESER)") double size,
    @Setting(value = "0", help = "weight of the share of new products (MiniELM)") double diversity,
    @Setting(value = "0", help = "weight of new relevant products (BEQUE)") double increment,
    @Setting(value = "0", help = "weight of each relevant product, shared by who finds it (RLQR)")
        double coverage,
    @Setting(value = "0", help = "cost of each token beyond the free ones") double lengthPenalty,
    @Setting(value = "16", help = "tokens that cost nothing") int freeTokens,
    @Setting(value = "0", help = "reward of an answer that breaks the format") double invalid) {

  RewardModel model(EngineRewardConfig engine) {
    RewardConfig weights =
        RewardConfig.newBuilder()
            .setEngineRelevance(relevance)
            .setEngineSize(size)
            .setEngineDiversity(diversity)
            .setEngineIncrement(increment)
            .setEngineCoverage(coverage)
            .setLengthPenalty(lengthPenalty)
            .setFreeTokens(freeTokens)
            .setInvalidReward(invalid)
            .build();
    return new EngineReward(
            engine.topK(),
            engine.relevant(),
            engine.relevanceFloor(),
            engine.sizeFloor(),
            engine.diversityCap(),
            engine.normalised())
        .weighted(weights);
  }
}

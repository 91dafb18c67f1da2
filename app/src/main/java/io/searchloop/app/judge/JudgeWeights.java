package io.searchloop.app.judge;

import io.searchloop.schemas.config.Setting;

/**
 * What a judge's opinion is worth, keys {@code train.judge.*}.
 *
 * @param relevance weight of the relevance
 * @param diversity weight of the share of new products
 * @param engagement weight of clicks, carts and purchases together
 * @param invalid reward of an answer that breaks the format
 */
public record JudgeWeights(
    @Setting(value = "1", help = "weight of the judge's relevance") double relevance,
    @Setting(value = "0.2", help = "weight of the share of new products") double diversity,
    @Setting(value = "1", help = "weight of judged clicks, carts and purchases") double engagement,
    @Setting(value = "-1", help = "reward of an answer that breaks the format") double invalid) {

  double reward(JudgeTerms terms) {
    return relevance * terms.relevance()
        + diversity * terms.diversity()
        + engagement * terms.engagement();
  }
}

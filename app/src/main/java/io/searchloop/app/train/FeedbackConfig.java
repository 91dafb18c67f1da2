package io.searchloop.app.train;

import io.searchloop.schemas.config.Setting;

/**
 * What rewards rewrites, keys {@code train.feedback.*}.
 *
 * @param from the engine's own relevance, people's judgments of train queries, or past clicks
 * @param ndcg reward of a whole nDCG@10 more than typed + spelling checker reach; of clicks, of a
 *     whole reciprocal rank@10
 * @param recall reward of a whole recall@100 more; of clicks, their share among the first hundred
 * @param newWord cost of each word that neither shopper nor spelling checker has
 * @param invalid reward of an answer that breaks the format
 * @param misspelt misspellings of each query that are learned from beside it
 */
public record FeedbackConfig(
    @Setting(
            value = "engine",
            help = "what rewards: engine (LESER), judgments of train queries, or past clicks")
        Source from,
    @Setting(
            value = "1",
            help = "judgments: reward of nDCG@10 above typed + spelling checker; clicks: of MRR@10")
        double ndcg,
    @Setting(value = "0.5", help = "judgments, clicks: reward of recall@100 above it")
        double recall,
    @Setting(value = "0.01", help = "judgments, clicks: cost of a word that nobody typed")
        double newWord,
    @Setting(value = "-1", help = "judgments, clicks: reward of an answer that breaks the format")
        double invalid,
    @Setting(
            value = "3",
            help = "judgments, clicks: misspellings of each query learned from beside it")
        int misspelt) {

  /** Where rewards come from. */
  public enum Source {
    ENGINE,
    JUDGMENTS,
    CLICKS
  }

  public FeedbackConfig {
    if (misspelt < 0 || newWord < 0) {
      throw new IllegalArgumentException(
          "misspelt %d and new-word %s, expected both at least 0".formatted(misspelt, newWord));
    }
  }
}

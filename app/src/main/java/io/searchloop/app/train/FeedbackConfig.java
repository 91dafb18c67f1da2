package io.searchloop.app.train;

import io.searchloop.schemas.config.Setting;
import java.util.Locale;

/**
 * What rewards rewrites, keys {@code train.feedback.*}.
 *
 * @param from the engine's own relevance, people's judgments of train queries, past clicks, or a
 *     language model ({@code train.judge.*})
 * @param relevance engine: file of a relevance model that rewards in place of BM25; empty for none
 * @param ndcg reward of a whole nDCG more than typed + spelling checker reach; of clicks, of a
 *     whole reciprocal rank@10
 * @param depth judgments: places that nDCG looks at; more than a page holds tell apart rewrites
 *     that move a product towards it
 * @param recall reward of a whole recall@100 more; of clicks, their share among the first hundred
 * @param newWord cost of each word that neither shopper nor spelling checker has
 * @param invalid reward of an answer that breaks the format
 * @param misspelt misspellings of each query that are learned from beside it
 * @param expansions judgments: title words tried for each train query; the warm start is shown
 *     those that help queries alike ({@link Expansions}); 0 for none
 */
public record FeedbackConfig(
    @Setting(
            value = "engine",
            help = "what rewards: engine (LESER), judgments of train queries, past clicks, or http")
        Source from,
    @Setting(
            value = "",
            help = "engine: relevance model of study relevance that rewards, in place of BM25")
        String relevance,
    @Setting(
            value = "1",
            help = "judgments: reward of nDCG above typed + spelling checker; clicks: of MRR@10")
        double ndcg,
    @Setting(value = "10", help = "judgments: places that nDCG looks at, 100 at most") int depth,
    @Setting(value = "0.5", help = "judgments, clicks: reward of recall@100 above it")
        double recall,
    @Setting(value = "0.01", help = "judgments, clicks: cost of a word that nobody typed")
        double newWord,
    @Setting(value = "-1", help = "judgments, clicks: reward of an answer that breaks the format")
        double invalid,
    @Setting(
            value = "3",
            help = "judgments, clicks: misspellings of each query learned from beside it")
        int misspelt,
    @Setting(
            value = "0",
            help = "judgments: title words tried as expansions for the warm start; 0 for none")
        int expansions) {

  /** Where rewards come from. */
  public enum Source {
    ENGINE,
    JUDGMENTS,
    CLICKS,
    HTTP
  }

  public FeedbackConfig {
    if (depth < 1 || depth > 100) {
      throw new IllegalArgumentException("depth is " + depth + ", expected 1 to 100");
    }
    if (misspelt < 0 || newWord < 0 || expansions < 0) {
      throw new IllegalArgumentException(
          "misspelt %d, new-word %s and expansions %d, expected all at least 0"
              .formatted(misspelt, newWord, expansions));
    }
    if (!relevance.isEmpty() && from != Source.ENGINE) {
      throw new IllegalArgumentException(
          "relevance %s with from %s, expected from engine: others bring their own rewards"
              .formatted(relevance, from.name().toLowerCase(Locale.ROOT)));
    }
    if (expansions > 0 && from != Source.JUDGMENTS) {
      throw new IllegalArgumentException(
          "expansions %d with from %s, expected from judgments: they say whether a word helps"
              .formatted(expansions, from.name().toLowerCase(Locale.ROOT)));
    }
  }
}

package io.searchloop.app.train;

import io.searchloop.schemas.config.Setting;
import java.util.Locale;

/**
 * What rewards rewrites, keys {@code train.feedback.*}.
 *
 * @param from the engine's own relevance, people's judgments of train queries, or a
 *     language model ({@code train.judge.*})
 * @param ndcg judgments: reward of a whole nDCG@10 more than typed + spelling checker reach
 * @param recall judgments: reward of a whole recall@100 more
 * @param newWord judgments: cost of each word that neither shopper nor spelling checker has
 * @param invalid judgments: reward of an answer that breaks the format
 * @param misspelt judgments: misspellings of each query that are learned from beside it
 * @param expansions judgments: title words tried for each query of one half of the train queries;
 *     the warm start learns those that help ({@link Expansions}) and reinforcement learns from the
 *     other half; 0 for none
 */
public record FeedbackConfig(
    @Setting(value = "engine", help = "what rewards: engine (LESER), judgments of train queries, or http")
        Source from,
    @Setting(value = "1", help = "judgments: reward of nDCG@10 above typed + spelling checker")
        double ndcg,
    @Setting(value = "0.5", help = "judgments: reward of recall@100 above it") double recall,
    @Setting(value = "0.01", help = "judgments: cost of a word that nobody typed") double newWord,
    @Setting(value = "-1", help = "judgments: reward of an answer that breaks the format")
        double invalid,
    @Setting(value = "3", help = "judgments: misspellings of each query learned from beside it")
        int misspelt,
    @Setting(
            value = "0",
            help = "judgments: title words tried as expansions for the warm start; 0 for none")
        int expansions) {

  /** Where rewards come from. */
  public enum Source {
    ENGINE,
    JUDGMENTS,
    HTTP
  }

  public FeedbackConfig {
    if (misspelt < 0 || newWord < 0 || expansions < 0) {
      throw new IllegalArgumentException(
          "misspelt %d, new-word %s and expansions %d, expected all at least 0"
              .formatted(misspelt, newWord, expansions));
    }
    if (expansions > 0 && from != Source.JUDGMENTS) {
      throw new IllegalArgumentException(
          "expansions %d with from %s, expected from judgments: they are what says whether a word helps"
              .formatted(expansions, from.name().toLowerCase(Locale.ROOT)));
    }
  }
}

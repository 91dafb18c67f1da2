package io.searchloop.app.study;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** How a policy learns after its warm start; what one setting changes is one method. */
public enum RewritingMethod {
  /** GRPO on the engine's relevance and result size (LESER, arXiv 2509.05570). */
  LESER(Map.of()),
  /** Its ablation without the size term. */
  LESER_RELEVANCE(Map.of("train.reward.size", "0")),
  /** Its ablation without the relevance term. */
  LESER_SIZE(Map.of("train.reward.relevance", "0", "train.reward.size", "1")),
  /** GRPO on what the rewrites of a query find together, each for its share (RLQR, CIKM 2023). */
  RLQR(
      Map.of(
          "train.reward.size", "0",
          "train.reward.relevance", "0",
          "train.reward.coverage", "0.02")),
  /** Relevance with increment (BEQUE, arXiv 2311.03758) in place of size. */
  BEQUE_INCREMENT(Map.of("train.reward.size", "0", "train.reward.increment", "1")),
  /** Relevance with diversity (MiniELM, arXiv 2501.18056) in place of size. */
  MINIELM_DIVERSITY(Map.of("train.reward.size", "0", "train.reward.diversity", "0.5")),
  /** GRPO on judgments of train queries, in the served query (docs/adr/0041). */
  GRPO(Map.of("train.feedback.from", "judgments")),
  /** DPO on the same rewards, every two levels a pair. */
  DPO(
      Map.of(
          "train.feedback.from", "judgments",
          "trainer.algorithm", "dpo",
          "train.pairs", "all",
          "trainer.learning-rate", "0.0001")),
  /** IPO on pairs of adjacent levels (LeReT, arXiv 2410.23214). */
  LERET(
      Map.of(
          "train.feedback.from", "judgments",
          "trainer.algorithm", "ipo",
          "train.pairs", "adjacent",
          "trainer.learning-rate", "0.0001")),
  /** PRO on partial orders (BEQUE, arXiv 2311.03758). */
  BEQUE(
      Map.of(
          "train.feedback.from", "judgments",
          "trainer.algorithm", "pro",
          "trainer.learning-rate", "0.0001"));

  private final Map<String, String> settings;

  RewritingMethod(Map<String, String> settings) {
    this.settings = settings;
  }

  /** Name on the command line and in tables, such as {@code leser-size}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the search engine and a relevance model reward it, rather than judgments. */
  boolean engineRewards() {
    return !settings.containsKey("train.feedback.from");
  }

  /** What it sets, beyond what all methods share. */
  Map<String, String> settings() {
    return settings;
  }

  /**
   * The method of a name.
   *
   * @throws IllegalArgumentException listing those there are
   */
  public static RewritingMethod of(String key) {
    return Arrays.stream(values())
        .filter(method -> method.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Found method %s, expected one of %s."
                        .formatted(
                            key, Arrays.stream(values()).map(RewritingMethod::key).toList())));
  }
}

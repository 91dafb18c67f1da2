package io.searchloop.trainer.loss;

/** How token losses become one number; it decides how much a long rewrite weighs. */
public enum Normalisation {
  /** Mean over a sequence's tokens, then over sequences (DeepSeekMath, arXiv 2402.03300). */
  GRPO,
  /** Sum over all tokens divided by their number: long sequences weigh more (arXiv 2503.14476). */
  DAPO,
  /** Sum divided by a constant length: no length bias at all (Dr. GRPO, arXiv 2503.20783). */
  DR_GRPO,
  /**
   * One ratio per sequence, {@code exp(mean log-ratio)}, mean over sequences (arXiv 2507.18071).
   */
  SEQ
}

package io.searchloop.trainer.loss;

import java.util.ArrayList;
import java.util.List;

/**
 * How far behaviour policies may be from the current one before their rollouts teach nothing true.
 * What counts is divergence, not the number of versions between them.
 *
 * @param minEffectiveShare least effective sample share {@code (sum w)^2 / (n sum w^2)}
 * @param maxMeanSquare most mean squared log-ratio of a sequence, nats squared
 * @param maxDrift most nats per token by which a sequence with negative advantage may have become
 *     less likely; beyond, pushing it down further only destabilises (DeepSeek-V3.2, arXiv
 *     2512.02556, off-policy sequence masking)
 *     <p>Whatever the bounds, one sequence whose ratio {@code exp(l_prox - l_b)} is above {@value
 *     #IMPOSSIBLE_RATIO} spoils its minibatch: the ratio has mean one under the sampler that drew
 *     the sequence, so by Markov's inequality an honest record shows it once in a million times at
 *     most.
 */
public record DivergenceBounds(double minEffectiveShare, double maxMeanSquare, double maxDrift) {

  /** Far beyond any weight cap, far below what a wrong or malicious record can claim. */
  private static final double IMPOSSIBLE_RATIO = 1e6;

  /**
   * What may be learned from.
   *
   * @param kept indices of the sequences to learn from
   * @param drifted sequences left out
   * @param effectiveShare effective sample share of those kept; 0 when none is
   * @param meanSquare mean squared log-ratio of those kept
   * @param problem why none of them may be used; empty when they may
   */
  record Judgement(
      List<Integer> kept, int drifted, double effectiveShare, double meanSquare, String problem) {}

  /**
   * Judges sequences.
   *
   * @param logRatios l_prox - l_b of each sequence
   * @param lengths tokens of each
   * @param advantages advantage of each
   * @param weightCap C of the off-policy weight
   */
  Judgement judge(double[] logRatios, int[] lengths, double[] advantages, double weightCap) {
    List<Integer> kept = new ArrayList<>();
    double sum = 0;
    double sumOfSquares = 0;
    double meanSquare = 0;
    double highest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < logRatios.length; i++) {
      if (advantages[i] < 0 && -logRatios[i] / lengths[i] > maxDrift) {
        continue;
      }
      kept.add(i);
      highest = Math.max(highest, logRatios[i]);
      double weight = Math.min(Math.exp(logRatios[i]), weightCap);
      sum += weight;
      sumOfSquares += weight * weight;
      meanSquare += logRatios[i] * logRatios[i];
    }
    double share = sumOfSquares > 0 ? sum * sum / (kept.size() * sumOfSquares) : 0;
    double mean = kept.isEmpty() ? 0 : meanSquare / kept.size();
    return new Judgement(
        kept, logRatios.length - kept.size(), share, mean, problem(highest, share, mean));
  }

  private String problem(double highest, double share, double meanSquare) {
    if (highest > Math.log(IMPOSSIBLE_RATIO)) {
      return "a sequence has ratio "
          + Math.exp(highest)
          + ", expected at most "
          + IMPOSSIBLE_RATIO
          + ": its log-probabilities are not those of the sampler that drew it";
    }
    if (!(share >= minEffectiveShare)) {
      return "effective sample share " + share + ", expected at least " + minEffectiveShare;
    }
    if (!(meanSquare <= maxMeanSquare)) {
      return "mean squared log-ratio " + meanSquare + ", expected at most " + maxMeanSquare;
    }
    return "";
  }
}

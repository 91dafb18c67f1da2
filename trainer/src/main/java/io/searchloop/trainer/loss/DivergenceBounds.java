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
 */
public record DivergenceBounds(double minEffectiveShare, double maxMeanSquare, double maxDrift) {

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
    for (int i = 0; i < logRatios.length; i++) {
      if (advantages[i] < 0 && -logRatios[i] / lengths[i] > maxDrift) {
        continue;
      }
      kept.add(i);
      double weight = Math.min(Math.exp(logRatios[i]), weightCap);
      sum += weight;
      sumOfSquares += weight * weight;
      meanSquare += logRatios[i] * logRatios[i];
    }
    double share = sumOfSquares > 0 ? sum * sum / (kept.size() * sumOfSquares) : 0;
    double mean = kept.isEmpty() ? 0 : meanSquare / kept.size();
    return new Judgement(kept, logRatios.length - kept.size(), share, mean, problem(share, mean));
  }

  private String problem(double share, double meanSquare) {
    if (!(share >= minEffectiveShare)) {
      return "effective sample share " + share + ", expected at least " + minEffectiveShare;
    }
    if (!(meanSquare <= maxMeanSquare)) {
      return "mean squared log-ratio " + meanSquare + ", expected at most " + maxMeanSquare;
    }
    return "";
  }
}

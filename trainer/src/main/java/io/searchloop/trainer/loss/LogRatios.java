package io.searchloop.trainer.loss;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Current minus behaviour log-probabilities of a minibatch, in plain numbers. */
final class LogRatios {
  private final List<TrainingRollout> rollouts;

  /** Per sequence, summed over tokens. */
  private final double[] sums;

  /** Per sequence, the largest difference of a token. */
  private final double[] gaps;

  private LogRatios(List<TrainingRollout> rollouts, double[] sums, double[] gaps) {
    this.rollouts = rollouts;
    this.sums = sums;
    this.gaps = gaps;
  }

  /**
   * @param current l_prox (B, R) row by row, R the longest answer
   */
  static LogRatios of(List<TrainingRollout> rollouts, double[] current) {
    int width = current.length / rollouts.size();
    double[] sums = new double[rollouts.size()];
    double[] gaps = new double[rollouts.size()];
    for (int i = 0; i < sums.length; i++) {
      float[] behaviour = rollouts.get(i).behaviourLogProbs();
      for (int t = 0; t < behaviour.length; t++) {
        double difference = current[i * width + t] - behaviour[t];
        sums[i] += difference;
        gaps[i] = Math.max(gaps[i], Math.abs(difference));
      }
    }
    return new LogRatios(rollouts, sums, gaps);
  }

  /** The ratios of a minibatch from those of its parts. */
  static LogRatios joined(List<LogRatios> parts) {
    return new LogRatios(
        parts.stream().flatMap(part -> part.rollouts.stream()).toList(),
        parts.stream().flatMapToDouble(part -> Arrays.stream(part.sums)).toArray(),
        parts.stream().flatMapToDouble(part -> Arrays.stream(part.gaps)).toArray());
  }

  boolean finite() {
    return Arrays.stream(sums).allMatch(Double::isFinite);
  }

  DivergenceBounds.Judgement judge(DivergenceBounds bounds, double weightCap) {
    return bounds.judge(
        sums,
        rollouts.stream().mapToInt(rollout -> rollout.answer().length).toArray(),
        rollouts.stream().mapToDouble(TrainingRollout::advantage).toArray(),
        weightCap);
  }

  /**
   * Mean staleness in steps; and, where rollouts are of the current step, {@code logprob_gap}: the
   * largest difference between worker and trainer for equal weights, which must stay below .001.
   */
  Map<String, Double> figures(long currentStep) {
    Map<String, Double> figures = new TreeMap<>();
    figures.put(
        "staleness",
        rollouts.stream().mapToLong(r -> currentStep - r.step()).average().orElseThrow());
    for (int i = 0; i < gaps.length; i++) {
      if (rollouts.get(i).step() == currentStep) {
        figures.merge("logprob_gap", gaps[i], Math::max);
      }
    }
    return figures;
  }
}

package io.searchloop.app.bench;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/**
 * How two figures of the same rounds compare. Rounds are paired, so that a slow minute of the
 * machine cancels out, and ratios are averaged as logarithms, so that a over b is one over b over
 * a:
 *
 * <pre>
 *   exp(mean(ln(a_i / b_i)) +- t(.975, n - 1) * sd(ln(a_i / b_i)) / sqrt(n))
 * </pre>
 *
 * @param name what over what
 * @param mean geometric mean
 * @param low lower end of its 95% interval; equals the mean when one round allows none
 * @param high upper end
 * @param least the least that was asked for
 * @param met whether the mean is that much
 */
public record Ratio(String name, double mean, double low, double high, double least, boolean met) {
  private static final double QUANTILE = .975;

  /**
   * Compares.
   *
   * @param above numerators, one a round
   * @param below denominators of the same rounds
   * @param least the least that is asked for
   */
  public static Ratio of(String name, double[] above, double[] below, double least) {
    if (above.length != below.length || above.length == 0) {
      throw new IllegalArgumentException(
          "%s: %d figures over %d, expected as many of each and one at least."
              .formatted(name, above.length, below.length));
    }
    double[] logs = new double[above.length];
    Arrays.setAll(logs, i -> Math.log(above[i] / below[i]));
    double mean = new Mean().evaluate(logs);
    double half =
        logs.length == 1
            ? 0
            : new TDistribution(logs.length - 1.0).inverseCumulativeProbability(QUANTILE)
                * new StandardDeviation().evaluate(logs)
                / Math.sqrt(logs.length);
    double ratio = Math.exp(mean);
    return new Ratio(
        name, ratio, Math.exp(mean - half), Math.exp(mean + half), least, ratio >= least);
  }
}

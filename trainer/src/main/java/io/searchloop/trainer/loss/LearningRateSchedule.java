package io.searchloop.trainer.loss;

/**
 * Learning rate over a run: a linear warm-up, then constant, down a line, or down half a cosine
 * (Loshchilov and Hutter, arXiv 1608.03983).
 *
 * <pre>
 *   t &lt; warmup:  peak t / warmup
 *   else, with s = (t - warmup) / (1 - warmup):
 *     constant:  peak
 *     linear:    peak (floor + (1 - floor) (1 - s))
 *     cosine:    peak (floor + (1 - floor) (1 + cos(pi s)) / 2)
 * </pre>
 *
 * <p>Worked numbers for peak 2, warmup .2, floor 0: at .1 it is 1; at .6, half way down, 2, 1 and 1
 * for constant, linear and cosine; at .4 linear gives 1.5, cosine 1.7071.
 *
 * @param shape what follows the warm-up
 * @param peak learning rate after warm-up, zero or more
 * @param warmup share of the run that warms up, in [0, 1)
 * @param floor share of the peak that remains at the end and beyond, in [0, 1]
 */
public record LearningRateSchedule(Shape shape, double peak, double warmup, double floor) {

  /** What follows the warm-up. */
  public enum Shape {
    CONSTANT,
    LINEAR,
    COSINE
  }

  public LearningRateSchedule {
    if (!(peak >= 0) || !(warmup >= 0 && warmup < 1) || !(floor >= 0 && floor <= 1)) {
      throw new IllegalArgumentException(
          "learning rate: found peak %s, warm-up share %s, floor %s; expected 0 or more, in [0, 1), in [0, 1]"
              .formatted(peak, warmup, floor));
    }
  }

  /** The same rate throughout. */
  public static LearningRateSchedule constant(double rate) {
    return new LearningRateSchedule(Shape.CONSTANT, rate, 0, 1);
  }

  /** Learning rate at a share of the run; what it ends with from one on. */
  public double at(double share) {
    if (share < warmup) {
      return peak * share / warmup;
    }
    double left = 1 - Math.min(1, (share - warmup) / (1 - warmup));
    return switch (shape) {
      case CONSTANT -> peak;
      case LINEAR -> peak * (floor + (1 - floor) * left);
      case COSINE -> peak * (floor + (1 - floor) * (1 - Math.cos(Math.PI * left)) / 2);
    };
  }
}

package io.searchloop.app.console.view;

import org.jspecify.annotations.Nullable;

/**
 * Mean and 95 % interval of values that may still change: a correction of a reward changes a value
 * that was added before. Constant time and space. Not thread-safe.
 */
final class RunningMean {
  private static final double NORMAL_975 = 1.959963984540054;

  private long count;
  private double sum;
  private double squares;

  /** Adds a value. */
  void add(double value) {
    count++;
    sum += value;
    squares += value * value;
  }

  /** Puts a value in the place of one that was added. */
  void change(double before, double after) {
    sum += after - before;
    squares += after * after - before * before;
  }

  /** Adds what another one has seen. */
  void add(RunningMean other) {
    count += other.count;
    sum += other.sum;
    squares += other.squares;
  }

  /** The figures so far; the interval is missing below two values. */
  MeanFigures figures() {
    if (count == 0) {
      return MeanFigures.NONE;
    }
    double mean = sum / count;
    @Nullable Double half = null;
    if (count > 1) {
      double variance = Math.max(0, (squares - count * mean * mean) / (count - 1));
      half = NORMAL_975 * Math.sqrt(variance / count);
    }
    return new MeanFigures(
        count, mean, half == null ? null : mean - half, half == null ? null : mean + half);
  }
}

package io.searchloop.learning.counterfactual;

import io.searchloop.learning.counterfactual.Estimator.OutcomeModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Predicts what a search would have earned from searches of other visitors, so that no reward
 * explains itself: visitors are dealt into folds by a hash, and a fold is predicted by means over
 * the others (cross-fitting, Chernozhukov et al., The Econometrics Journal 2018).
 *
 * <pre>
 *   q(x, a) = (sum of rewards of a in x + strength * q(a)) / (n(x, a) + strength)
 *   q(a)    = (sum of rewards of a      + strength * q   ) / (n(a)    + strength)
 * </pre>
 *
 * <p>with q the mean of all, and a strength of {@value #STRENGTH} searches. Example: 30 searches of
 * a in x that earned 60 in all, q(a) = 1: (60 + 10) / 40 = 1.75. Immutable once made.
 */
final class CrossFittedOutcomes {
  static final double STRENGTH = 10;

  private final List<Means> folds = new ArrayList<>();

  CrossFittedOutcomes(List<LoggedChoice> log, int count) {
    Means all = new Means();
    List<Means> own = new ArrayList<>();
    for (int fold = 0; fold < count; fold++) {
      own.add(new Means());
    }
    for (LoggedChoice choice : log) {
      all.add(choice);
      own.get(fold(choice, count)).add(choice);
    }
    own.forEach(fold -> folds.add(all.without(fold)));
  }

  /** The model that has not seen this search's visitor. */
  OutcomeModel of(LoggedChoice choice) {
    return folds.get(fold(choice, folds.size()));
  }

  private static int fold(LoggedChoice choice, int count) {
    int hash = choice.visitor().hashCode() * 0x9E3779B9;
    return Math.floorMod(hash >>> 8, count);
  }

  /** Sums by context and arm, by arm, and of all. */
  private static final class Means implements OutcomeModel {
    private final Map<Cell, double[]> cells = new HashMap<>();

    void add(LoggedChoice choice) {
      for (Cell cell : cells(choice.context(), choice.arm())) {
        add(cell, choice.reward(), 1);
      }
    }

    private void add(Cell cell, double reward, double count) {
      double[] sums = cells.computeIfAbsent(cell, c -> new double[2]);
      sums[0] += reward;
      sums[1] += count;
    }

    Means without(Means other) {
      Means left = new Means();
      cells.forEach((cell, sums) -> left.add(cell, sums[0], sums[1]));
      other.cells.forEach((cell, sums) -> left.add(cell, -sums[0], -sums[1]));
      return left;
    }

    @Override
    public double reward(String context, int arm) {
      double mean = 0;
      double strength = 0;
      for (Cell cell : cells(context, arm)) {
        double[] sums = cells.getOrDefault(cell, new double[2]);
        double weight = sums[1] + strength;
        mean = weight > 0 ? (sums[0] + strength * mean) / weight : 0;
        strength = STRENGTH;
      }
      return mean;
    }

    /** From wide to narrow. */
    private static List<Cell> cells(String context, int arm) {
      return List.of(new Cell("", -1), new Cell("", arm), new Cell("/" + context, arm));
    }
  }

  private record Cell(String context, int arm) {}
}

package io.searchloop.app.study.bandit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What one way to choose was worth over a run, in expected reward of its choices.
 *
 * @param name who chose
 * @param lastHalf reward per search in the last half
 * @param whole reward per search in all
 * @param regret reward lost to the best arm of each query, summed up to each checkpoint
 * @param left what a bandit left out, by reason; empty for rules
 */
public record OnlineFigures(
    String name, double lastHalf, double whole, List<Double> regret, Map<String, Long> left) {
  static final int CHECKPOINTS = 50;

  /** Figures of a run. */
  static OnlineFigures of(String name, Course course, Map<String, Long> left) {
    return of(name, course, Course.Step::value, left);
  }

  /** Figures of something else that could have been shown to the same visitors. */
  static OnlineFigures of(
      String name, Course course, ToDoubleFunction<Course.Step> value, Map<String, Long> left) {
    List<Double> regret = new ArrayList<>();
    List<Course.Step> steps = course.steps();
    double lost = 0;
    for (int checkpoint = 0; checkpoint < CHECKPOINTS; checkpoint++) {
      int from = (int) ((long) steps.size() * checkpoint / CHECKPOINTS);
      int to = (int) ((long) steps.size() * (checkpoint + 1) / CHECKPOINTS);
      for (Course.Step step : steps.subList(from, to)) {
        if (step.search().kind() == VisitorKind.SHOPPER) {
          lost += step.arms().value(step.arms().best()) - value.applyAsDouble(step);
        }
      }
      regret.add(lost);
    }
    return new OnlineFigures(name, course.mean(.5, value), course.mean(0, value), regret, left);
  }
}

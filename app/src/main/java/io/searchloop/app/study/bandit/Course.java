package io.searchloop.app.study.bandit;

import io.searchloop.learning.bandit.ArmChoice;
import io.searchloop.learning.counterfactual.LoggedChoice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * What a run chose and earned. Its curves are of expected rewards: what the choices were worth, and
 * not how lucky the shoppers' coins were. Robots are left out of them.
 */
final class Course {
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, Double> rewards = new HashMap<>();
  private final Set<String> paid = new HashSet<>();

  /** A search, what it could be shown, and what it was. */
  record Step(Traffic.Search search, QueryArms arms, ArmChoice choice) {
    double value() {
      return arms.value(choice.arm());
    }
  }

  void add(Traffic.Search search, QueryArms arms, ArmChoice choice) {
    steps.add(new Step(search, arms, choice));
  }

  /** What comes twice counts once. */
  void earn(Attribution.Payment payment) {
    if (paid.add(payment.search() + '#' + payment.sequence())) {
      rewards.merge(payment.search(), payment.reward(), Double::sum);
    }
  }

  List<Step> steps() {
    return steps;
  }

  /** What searches really earned, on average; those that were never paid are left out. */
  double earned() {
    return rewards.values().stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  /** What shoppers' searches from a share of the run on were worth on average. */
  double value(double from) {
    return mean(from, Step::value);
  }

  /** The same of something else that could have been shown. */
  double mean(double from, ToDoubleFunction<Step> value) {
    return steps.subList((int) (from * steps.size()), steps.size()).stream()
        .filter(step -> step.search().kind() == VisitorKind.SHOPPER)
        .mapToDouble(value)
        .average()
        .orElseThrow();
  }

  /**
   * The log as an estimator reads it.
   *
   * @param target rule of the policy to value
   */
  List<LoggedChoice> log(ToIntFunction<QueryArms> target) {
    List<LoggedChoice> log = new ArrayList<>();
    for (Step step : steps) {
      Double reward = rewards.get(step.search().id());
      if (reward != null) {
        log.add(
            new LoggedChoice(
                "v" + step.search().visitor(),
                step.arms().choice(),
                step.choice().arm(),
                step.choice().propensities(),
                ArmPolicy.certain(step.arms(), target.applyAsInt(step.arms())),
                reward));
      }
    }
    return log;
  }
}

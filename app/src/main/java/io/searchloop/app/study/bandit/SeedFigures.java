package io.searchloop.app.study.bandit;

import java.util.List;
import java.util.Map;

/**
 * What the study found under one seed.
 *
 * @param seed of split, visitors and choices
 * @param queries test queries that were typed
 * @param searchShares share of the searches of each kind
 * @param choices share of the searches for which arms differ
 * @param armValues expected reward per search of each arm, of all kinds and of each
 * @param bestFixed the arm that earns most
 * @param earned what a search really earned under the bandit, a check of expected rewards
 * @param online ways to choose, on the same visitors
 * @param robots the bandit with and without robots, with and without trust rules
 * @param replaced share of the products that the change of catalogue replaces
 * @param change ways to choose, before and after the change
 * @param multileaving one arm a visitor against merged pages
 * @param counterfactual policies that never ran
 */
public record SeedFigures(
    long seed,
    int queries,
    Map<String, Double> searchShares,
    double choices,
    Map<String, Map<String, Double>> armValues,
    String bestFixed,
    double earned,
    List<OnlineFigures> online,
    List<OnlineFigures> robots,
    double replaced,
    List<OnlineFigures> change,
    List<MultileavingFigures> multileaving,
    List<TargetFigures> counterfactual) {

  /** Of one way to choose. */
  static OnlineFigures named(List<OnlineFigures> all, String name) {
    return all.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }
}

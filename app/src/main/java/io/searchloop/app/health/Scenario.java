package io.searchloop.app.health;

/**
 * A kind of release.
 *
 * @param name for the report
 * @param rewardLoss share of the reward of each search that its visitors do not earn
 * @param clickLoss share of searches with a click that lose it, with its carts and purchases
 * @param visitorLoss share of its visitors that get lost before they are counted
 * @param promotable whether the trial may end with a promotion; one that may not is watched to the
 *     end, which gives false alarms more time
 * @param visitors after how many visitors of both arms a trial is given up
 */
public record Scenario(
    String name,
    double rewardLoss,
    double clickLoss,
    double visitorLoss,
    boolean promotable,
    int visitors) {

  /** Whether its visitors earn less. */
  boolean worse() {
    return rewardLoss > 0 || clickLoss > 0;
  }
}

package io.searchloop.learning.counterfactual;

import java.util.List;

/**
 * A search of the log: what was chosen, how probable each arm was for the policy that chose and
 * would have been for the one that is to be valued, and what it earned.
 *
 * @param visitor who searched; outcomes of one visitor depend on each other
 * @param context kind of search, within which rewards are predicted alike
 * @param arm index of the arm that was chosen
 * @param logging exact probabilities of the policy that ran
 * @param target probabilities of the policy to value
 * @param reward what the search earned
 */
public record LoggedChoice(
    String visitor,
    String context,
    int arm,
    List<Double> logging,
    List<Double> target,
    double reward) {

  public LoggedChoice {
    logging = List.copyOf(logging);
    target = List.copyOf(target);
    if (arm < 0 || arm >= logging.size() || logging.size() != target.size()) {
      throw new IllegalArgumentException(
          "Arm %d of %d logged and %d target probabilities, expected as many of each and an arm of them."
              .formatted(arm, logging.size(), target.size()));
    }
    for (int other = 0; other < logging.size(); other++) {
      if (target.get(other) > 0 && !(logging.get(other) > 0)) {
        throw new IllegalArgumentException(
            "Target chooses arm %d with probability %s where the log never did, expected support everywhere. Log with a floor, or value another policy."
                .formatted(other, target.get(other)));
      }
    }
    if (!(logging.get(arm) > 0) || !Double.isFinite(reward)) {
      throw new IllegalArgumentException(
          "Arm %d was chosen with probability %s and earned %s, expected above 0 and a number."
              .formatted(arm, logging.get(arm), reward));
    }
  }

  /** pi(arm) / mu(arm): how much more often the target would have chosen this. */
  double weight() {
    return target.get(arm) / logging.get(arm);
  }
}

package io.searchloop.learning.credit;

import java.util.Map;
import java.util.Objects;

/**
 * What team-draft multileaving usually pays, kept to compare {@link PageCredit} with: a click goes
 * to the list that placed the product, at the expense of all others.
 *
 * <p>Zero-sum and biased: lists that share their best product share its clicks, so each earns less
 * than a list with a mediocre product of its own, and where a list ranks a product does not count
 * (Oosterhuis and de Rijke, "Taking the Counterfactual Online", ICTIR 2020). Example: of four
 * rollouts the one that placed the clicked product gets 3/4, the others -1/4 each.
 *
 * <p>Immutable, any thread.
 *
 * @param rollouts rollouts on the page, at least two
 * @param placedBy rollout by the product that it placed; products that only fill the page are
 *     absent
 */
public record RawTeamDraftCredit(int rollouts, Map<String, Integer> placedBy) {

  public RawTeamDraftCredit {
    placedBy = Map.copyOf(placedBy);
    if (rollouts < 2) {
      throw new IllegalArgumentException(
          "Team-draft credit of %d rollouts, expected at least 2: credit of one is always 0."
              .formatted(rollouts));
    }
    for (int rollout : placedBy.values()) {
      Objects.checkIndex(rollout, rollouts);
    }
  }

  /** What a click on a product is worth to a rollout; sums to 0 over the rollouts. */
  public double weight(int rollout, String product) {
    Integer team = placedBy.get(product);
    if (team == null) {
      return 0;
    }
    return (team == Objects.checkIndex(rollout, rollouts) ? 1.0 : 0.0) - 1.0 / rollouts;
  }
}

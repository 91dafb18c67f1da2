package io.searchloop.app.study.upkeep;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * One policy on test queries.
 *
 * @param arm what rewarded it
 * @param stage times that it was trained; zero is the warm start
 * @param moved share of its pages' products that the warm start's pages have not
 * @param agreement by products; those of which a kind is missing are left out
 * @param rewards by products, of pages before and after
 */
public record StageFigures(
    RewardArm arm,
    int stage,
    double moved,
    Map<ProductKind, AgreementFigures> agreement,
    Map<ProductKind, RewardFigures> rewards) {
  public StageFigures {
    agreement = sorted(agreement);
    rewards = sorted(rewards);
  }

  /** The same in the other arm, where both share it. */
  StageFigures in(RewardArm other) {
    return new StageFigures(other, stage, moved, agreement, rewards);
  }

  private static <T> Map<ProductKind, T> sorted(Map<ProductKind, T> figures) {
    Map<ProductKind, T> sorted = new EnumMap<>(ProductKind.class);
    sorted.putAll(figures);
    return Collections.unmodifiableMap(sorted);
  }
}

package io.searchloop.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.TupleOrigin;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArmBoardTest {
  private final ArmBoard board = new ArmBoard();

  @Test
  void addsCorrectionsToTheirSearch() {
    board.add(tuple("a#0", "policy", 0, 1));
    board.add(tuple("a#0", "policy", 0, 10));
    board.add(tuple("b#0", "policy", 0, 3));

    ArmFigures figures = board.all();
    assertThat(figures.searches()).containsEntry(Arm.POLICY, 2);
    assertThat(figures.reward().get(Arm.POLICY).mean()).isEqualTo(7);
  }

  @Test
  void comparesArmsOverTheSamePeriod() {
    for (int i = 0; i < 30; i++) {
      board.add(tuple("p" + i, "policy", i, i < 20 ? 0 : 5 + i % 2));
      board.add(tuple("i" + i, "identity", i, 1 + i % 2));
    }

    ArmFigures figures = board.lastThird(Instant.EPOCH);
    assertThat(figures.searches().get(Arm.POLICY)).isEqualTo(figures.searches().get(Arm.IDENTITY));
    assertThat(figures.policyMinusIdentity().orElseThrow().mean()).isCloseTo(4, within(1e-9));
    assertThat(figures.policyMinusIdentity().orElseThrow().excludesZero()).isTrue();
    assertThat(figures.policyMinusReference()).isEmpty();
  }

  @Test
  void leavesOutFallBacks() {
    board.add(tuple("f#0", "fallback", 0, 1));

    assertThat(board.all().searches().values()).containsOnly(0);
  }

  @Test
  void leavesOutWhatWasNotShownAlone() {
    RewardTuple merged =
        RewardTuple.newBuilder(tuple("m", "policy", 0, 1)).setOrigin(TupleOrigin.PAGE).build();
    board.add(merged);

    assertThat(board.all().searches().values()).containsOnly(0);
  }

  private static RewardTuple tuple(String rollout, String arm, long seconds, double reward) {
    return RewardTuple.newBuilder()
        .setQueryId(rollout)
        .setOrigin(TupleOrigin.ASSIGNED)
        .setArm(arm)
        .setReward(reward)
        .setImpressionTime(Instant.ofEpochSecond(seconds))
        .build();
  }
}

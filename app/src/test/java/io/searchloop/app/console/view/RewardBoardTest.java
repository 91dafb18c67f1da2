package io.searchloop.app.console.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.TupleOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RewardBoardTest {
  private static final Instant SHOWN = Instant.parse("2030-01-01T00:00:05Z");
  private static final double TOLERANCE = 1e-12;

  private final RewardBoard board = new RewardBoard();

  @Test
  void aCorrectionChangesTheSearchInsteadOfBeingAnother() {
    board.add(tuple("a", 0, 1, SHOWN));
    board.add(tuple("b", 0, 0, SHOWN));
    board.add(tuple("b", 1, 5, SHOWN));

    MeanFigures policy = board.since(SHOWN).get("policy");
    assertThat(policy.count()).isEqualTo(2);
    assertThat(policy.mean()).isEqualTo(3);
    // Values 1 and 5: standard deviation 2 sqrt(2), standard error 2.
    assertThat(policy.high()).isCloseTo(3 + 2 * 1.959963984540054, within(TOLERANCE));
    assertThat(board.ofVersion(7)).isEqualTo(policy);
  }

  @Test
  void searchesOfEachQuarterOfAMinuteMakeAPoint() {
    board.add(tuple("a", 0, 1, SHOWN));
    board.add(tuple("b", 0, 3, SHOWN.plus(Duration.ofSeconds(15))));

    List<RewardPoint> points = board.points();
    assertThat(points)
        .extracting(RewardPoint::fromMs)
        .containsExactly(
            SHOWN.minusSeconds(5).toEpochMilli(), SHOWN.plusSeconds(10).toEpochMilli());
    assertThat(points.get(1).arms().get("policy").mean()).isEqualTo(3);
    assertThat(points.get(1).arms().get("policy").low()).as("one search has none").isNull();
  }

  @Test
  void correctionsOfSearchesItNeverSawAreCounted() {
    board.add(tuple("unseen", 1, -2, SHOWN));

    assertThat(board.forgotten()).isEqualTo(1);
    assertThat(board.points()).isEmpty();
    assertThat(board.ofVersion(7)).isEqualTo(MeanFigures.NONE);
  }

  @Test
  void rolloutsThatWereNotShownAloneAreLeftOut() {
    RewardTuple merged = tuple("a", 0, 1, SHOWN);
    merged = RewardTuple.newBuilder(merged).setOrigin(TupleOrigin.PAGE).build();

    board.add(merged);

    assertThat(board.points()).isEmpty();
  }

  private static RewardTuple tuple(String query, int sequence, double reward, Instant shown) {
    return RewardTuple.newBuilder()
        .setQueryId(query)
        .setRolloutId(query + "#0")
        .setSequence(sequence)
        .setReward(reward)
        .setImpressionTime(shown)
        .setArm("policy")
        .setPolicyVersion(7)
        .setOrigin(TupleOrigin.ASSIGNED)
        .build();
  }
}

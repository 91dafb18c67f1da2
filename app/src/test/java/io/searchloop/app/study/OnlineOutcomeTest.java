package io.searchloop.app.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.report.ArmBoard;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OnlineOutcomeTest {
  private static final Yardsticks BEFORE =
      new Yardsticks(Map.of("identity", 1.0, "warm-start", 2.0), 3, 5);
  private static final Yardsticks AFTER =
      new Yardsticks(Map.of("identity", .5, "warm-start", .4), .6, 1);

  @Test
  void eachReleaseIsComparedForAsLongAsItServedWithTheCatalogueOfItsTime() {
    OnlineOutcome outcome =
        outcome(
            6,
            List.of(
                new VersionWorth(0, 0, 1.5),
                new VersionWorth(1, 4, 2.5),
                new VersionWorth(1, 6, .2),
                new VersionWorth(2, 7, .5)));

    // 4 minutes .5 short, 2 minutes .5 ahead, 1 minute .3 short, 3 minutes level.
    assertThat(outcome.regret(Yardsticks::bestFixed)).isCloseTo((2 - 1 + .3) / 10, within(1e-12));
    assertThat(outcome.lost(Yardsticks::bestFixed))
        .extracting(OnlineOutcome.Lost::minutes)
        .containsExactly(0.0, 4.0, 6.0, 7.0, 10.0);
    assertThat(outcome.lost(Yardsticks::bestFixed).get(2).worth()).isCloseTo(1, within(1e-12));
    assertThat(outcome.lastWorth()).isEqualTo(.5);
  }

  @Test
  void nothingIsLostToWhatServedAllAlong() {
    OnlineOutcome outcome = outcome(10, List.of(new VersionWorth(0, 0, 3)));

    assertThat(outcome.regret(Yardsticks::oracle)).isZero();
  }

  private static OnlineOutcome outcome(double changed, List<VersionWorth> versions) {
    return new OnlineOutcome(
        "withdrawn",
        1,
        100,
        0,
        0,
        new ArmBoard().all(),
        BEFORE,
        AFTER,
        versions,
        changed,
        10,
        List.of());
  }
}

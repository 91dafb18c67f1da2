package io.searchloop.streams.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ArmAssignmentTest {
  private static final int VISITORS = 40_000;

  @Test
  void dealsVisitorsByTheConfiguredShares() {
    ArmAssignment arms = new ArmAssignment(.05, .2, "salt");
    Map<Arm, Integer> counts = new EnumMap<>(Arm.class);
    IntStream.range(0, VISITORS).forEach(v -> counts.merge(arms.arm("v" + v), 1, Integer::sum));

    for (Arm arm : List.of(Arm.IDENTITY, Arm.REFERENCE, Arm.POLICY)) {
      assertThat((double) counts.get(arm) / VISITORS).isCloseTo(arms.propensity(arm), within(.008));
    }
  }

  @Test
  void keepsAVisitorInItsArmUntilTheSaltChanges() {
    ArmAssignment arms = new ArmAssignment(.5, 0, "salt");
    ArmAssignment again = new ArmAssignment(.5, 0, "salt");
    ArmAssignment shuffled = new ArmAssignment(.5, 0, "pepper");

    long same = IntStream.range(0, 1_000).filter(v -> equal(arms, again, v)).count();
    long kept = IntStream.range(0, 1_000).filter(v -> equal(arms, shuffled, v)).count();

    assertThat(same).isEqualTo(1_000);
    assertThat(kept).isBetween(420L, 580L);
  }

  @Test
  void refusesSharesBeyondEveryone() {
    assertThatThrownBy(() -> new ArmAssignment(.6, .6, ""))
        .hasMessageContaining("together at most 1");
  }

  private static boolean equal(ArmAssignment one, ArmAssignment other, int visitor) {
    return one.arm("v" + visitor) == other.arm("v" + visitor);
  }
}

package io.searchloop.learning.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RawTeamDraftCreditTest {
  private final RawTeamDraftCredit credit = new RawTeamDraftCredit(4, Map.of("lamp", 2));

  @Test
  void paysTheTeamThatPlacedTheProductAtTheExpenseOfTheOthers() {
    assertThat(IntStream.range(0, 4).mapToDouble(rollout -> credit.weight(rollout, "lamp")))
        .containsExactly(-.25, -.25, .75, -.25);
  }

  @Test
  void productThatNobodyPlacedPaysNobody() {
    assertThat(credit.weight(2, "door")).isZero();
  }

  @Test
  void refusesWhatCannotCompete() {
    assertThatThrownBy(() -> new RawTeamDraftCredit(1, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 rollouts");
    assertThatThrownBy(() -> new RawTeamDraftCredit(2, Map.of("lamp", 2)))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}

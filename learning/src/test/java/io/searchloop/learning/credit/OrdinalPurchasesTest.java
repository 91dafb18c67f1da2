package io.searchloop.learning.credit;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.learning.credit.OrdinalPurchases.Pair;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Packed;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrdinalPurchasesTest {
  /** Lists lamp and bulb; lamp; door; nothing. */
  private final PageCredit page =
      PageCredit.of(
          Decision.newBuilder()
              .setMode(DecisionMode.MULTILEAVED)
              .setPage(List.of("lamp", "bulb", "door"))
              .setExamination(Packed.floats(1))
              .setExposure(Packed.floats(1, 1, 1))
              .setCandidates(
                  List.of(
                      candidate("0", 1, 2, 0),
                      candidate("1", 1, 0, 0),
                      candidate("2", 0, 0, 1),
                      candidate("3", 0, 0, 0)))
              .build());

  @Test
  void rolloutsThatListedThePurchaseAreBeforeThoseThatDidNot() {
    assertThat(OrdinalPurchases.of(page, List.of("lamp")).pairs())
        .containsExactly(new Pair(0, 2), new Pair(0, 3), new Pair(1, 2), new Pair(1, 3));
  }

  @Test
  void listingMoreOfWhatWasBoughtIsBetter() {
    assertThat(OrdinalPurchases.of(page, List.of("lamp", "bulb")).prefers(0, 1)).isTrue();
  }

  @Test
  void rolloutsThatEachListedWhatTheOtherLackedAreNotCompared() {
    OrdinalPurchases order = OrdinalPurchases.of(page, List.of("lamp", "door"));

    assertThat(order.prefers(0, 2)).isFalse();
    assertThat(order.prefers(2, 0)).isFalse();
    assertThat(order.prefers(2, 3)).isTrue();
  }

  @Test
  void purchasesOutsideThePageSayNothing() {
    assertThat(OrdinalPurchases.of(page, List.of("roof")).pairs()).isEmpty();
    assertThat(OrdinalPurchases.of(page, List.of()).pairs()).isEmpty();
  }

  private static Candidate candidate(String rolloutId, int... ranks) {
    return Candidate.newBuilder().setRolloutId(rolloutId).setRanks(Packed.ints(ranks)).build();
  }
}

package io.searchloop.learning.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.Packed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Caps on what one visitor counts for; windows are 100 and 1000 ms. */
class OracleCapsTest {
  @Test
  void paysOutcomesOfAllSearchesUntilTheVisitorsCapIsReached() {
    VisitorLog log = VisitorLog.under(c -> c.setVisitorCap(2.5)).shown("a", 0).shown("b", 0);
    log.event("click", "a", "p", 10).event("click", "b", "p", 20);
    log.event("click", "a", "p2", 30).event("click", "b", "p2", 40);

    // a: 1 + 0.5 that is left; b: 1 + 0.
    assertThat(log.rewards("a")).containsExactly(1.5);
    assertThat(log.rewards("b")).containsExactly(1.0);
  }

  @Test
  void beginsAnewWithEachCapWindow() {
    VisitorLog log = VisitorLog.under(c -> c.setVisitorCap(1).setCapWindowMs(200)).shown("q", 0);
    log.event("click", "q", "p", 10).event("click", "q", "p2", 199).event("click", "q", "p3", 200);

    assertThat(log.rewards("q")).containsExactly(1.0, 1.0);
  }

  @Test
  void remembersAnOutcomeThatEarnedNothingBecauseOfTheCap() {
    VisitorLog log = VisitorLog.under(c -> c.setVisitorCap(1).setCapWindowMs(200)).shown("q", 0);
    log.event("click", "q", "p", 10);
    log.event("click", "q", "p2", 20).event("click", "q", "p2", 300);
    log.event("add_to_cart", "q", "p", 30).event("remove_from_cart", "q", "p", 310);
    log.purchase("q", "p", "o", 1, 40).refund("o", 0, 320);

    assertThat(log.rewards("q")).containsExactly(1.0);
  }

  @Test
  void setsNothingOffAgainstTheCap() {
    VisitorLog log = VisitorLog.under(c -> c.setVisitorCap(4)).shown("q", 0);
    log.event("add_to_cart", "q", "p", 10).event("remove_from_cart", "q", "p", 200);
    log.event("add_to_cart", "q", "p", 210).event("remove_from_cart", "q", "p", 220);

    // 3 of 4, taken back; then the 1 that is left, and that is what the second removal takes.
    assertThat(log.rewards("q")).containsExactly(3.0, -3.0, 1.0, -1.0);
  }

  @Test
  void servesThePurchaseBeforeTheHitrate() {
    VisitorLog log = VisitorLog.under(c -> c.setVisitorCap(11).setHitrate(4));
    log.decision("q", 0, d -> d.setPage(List.of("p")).setQueryRanks(Packed.ints(0)));
    log.event("impression", "q", 0).purchase("q", "p", "o", 2, 10).refund("o", 1, 200);

    // 10 + 1; half of each back.
    assertThat(log.rewards("q")).containsExactly(11.0, -5.5);
  }

  @Test
  void beginsAWindowAnewWhereAConfigurationChangesItsLength() {
    VisitorLog log =
        VisitorLog.under(c -> c.setVisitorCap(5).setCapWindowMs(100))
            .from(250, c -> c.setVisitorCap(3).setCapWindowMs(1000));
    log.shown("q", 0);
    log.event("click", "q", "p", 10).event("click", "q", "p2", 210);
    for (int i = 3; i < 7; i++) {
      log.event("click", "q", "p" + i, 250 + i);
    }

    // Two clicks before the change, then three of the four after it.
    assertThat(log.rewards("q")).containsExactly(1.0, 1.0, 1.0, 1.0, 1.0);
  }

  @Test
  void countsNothingWhileNoCapIsInForce() {
    VisitorLog log =
        VisitorLog.under(c -> c.setCapWindowMs(1000))
            .from(250, c -> c.setVisitorCap(3).setVisitorMaxSearches(1).setCapWindowMs(1000));
    log.shown("q", 0).shown("r", 20).shown("s", 260);
    log.event("click", "q", "p", 10).event("click", "q", "p2", 210);
    for (int i = 3; i < 7; i++) {
      log.event("click", "q", "p" + i, 250 + i);
    }

    assertThat(log.rewards("q")).containsExactly(1.0, 1.0, 1.0, 1.0, 1.0);
    assertThat(log.tuples()).filteredOn(tuple -> !tuple.trainable()).isEmpty();
  }

  @Test
  void trainsOnNoMoreSearchesThanAVisitorMayShow() {
    VisitorLog log = VisitorLog.under(c -> c.setVisitorMaxSearches(1).setCapWindowMs(200));
    log.shown("a", 0).decision("unshown", 1).shown("b", 10).shown("c", 200);
    log.event("click", "b", "p", 20).event("click", "b", "p2", 150);

    assertThat(log.tuples())
        .containsExactly(
            VisitorLog.tuple("a", 0, 0),
            new ExpectedTuple("b", "b#0", 0, 1, 0, false),
            new ExpectedTuple("b", "b#0", 1, 1, 0, false),
            VisitorLog.tuple("c", 0, 0));
  }
}

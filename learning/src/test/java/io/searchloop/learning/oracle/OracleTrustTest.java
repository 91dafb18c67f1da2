package io.searchloop.learning.oracle;

import static io.searchloop.learning.oracle.VisitorLog.tuple;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Verdicts and what they take back; windows are 100 and 1000 ms. */
class OracleTrustTest {
  @Test
  void condemnsTheFirstEventBeyondTheRateOfACalendarMinute() {
    VisitorLog log = VisitorLog.under(c -> c.setMaxEventsPerMinute(2).setLongWindowMs(100_000));
    log.shown("q", 59_000);
    log.event("query", "q", 59_999).event("query", "q", 60_000).event("query", "q", 60_001);
    assertThat(log.events(RecordClass.QUARANTINED)).isZero();

    log.event("query", "q", 60_002);

    assertThat(log.events(RecordClass.QUARANTINED)).isEqualTo(1);
  }

  @Test
  void countsDanglingEventsAndNoDuplicatesTowardsTheRate() {
    VisitorLog log = VisitorLog.under(c -> c.setMaxEventsPerMinute(2));
    log.event("query", "none", "", 1, e -> e.setEventId("x"));
    log.event("query", "none", "", 2, e -> e.setEventId("x"));
    log.event("query", "none", 3).event("query", "none", 4);

    assertThat(log.events(RecordClass.DUPLICATE)).isEqualTo(1);
    assertThat(log.events(RecordClass.DANGLING)).isEqualTo(2);
    assertThat(log.events(RecordClass.QUARANTINED)).isEqualTo(1);
  }

  @Test
  void condemnsARunOfHastyClicks() {
    VisitorLog log = VisitorLog.under(c -> c.setMinDwellMs(5).setDwellClicks(3)).shown("q", 0);
    // 10, 14 is a run of two; 19 is 5 ms after, so it begins another: 19, 23, 27.
    for (long time : new long[] {10, 14, 19, 23}) {
      log.event("click", "q", "p" + time, time);
    }
    assertThat(log.events(RecordClass.QUARANTINED)).isZero();

    log.event("click", "q", "p", 27);

    assertThat(log.events(RecordClass.QUARANTINED)).isEqualTo(1);
  }

  @Test
  void condemnsAClickOnTooManyProductsOfOneSearch() {
    VisitorLog log = VisitorLog.under(c -> c.setClickAllProducts(3)).shown("a", 0).shown("b", 0);
    log.event("click", "a", "p1", 10).event("click", "a", "p2", 20).event("click", "a", "p1", 30);
    log.event("click", "b", "p3", 40).event("click", "b", "p4", 50);
    assertThat(log.events(RecordClass.QUARANTINED)).isZero();

    log.event("click", "a", "p5", 60);

    assertThat(log.events(RecordClass.QUARANTINED)).isEqualTo(1);
  }

  @Test
  void takesBackWhatOpenSearchesEarned() {
    VisitorLog log = VisitorLog.under(c -> c.setClickAllProducts(3));
    log.shown("closed", 0).event("click", "closed", "p", 10);
    log.shown("paid", 900).event("click", "paid", "p", 910);
    log.event("click", "paid", "p2", 1010).shown("idle", 920).shown("fresh", 1005);
    log.event("click", "fresh", "p", 1006).event("click", "paid", "p3", 1020);

    // At 1020 closed has ended, at 1000; paid has 1 + 1; idle is due at this very instant, after
    // the verdict, and fresh not before 1105.
    assertThat(log.tuples())
        .containsExactly(
            tuple("closed", 0, 1), tuple("paid", 0, 1), tuple("paid", 1, 1), tuple("paid", 2, -2));
  }

  @Test
  void leavesATupleOfZeroAsItIs() {
    VisitorLog log = VisitorLog.under(c -> c.setClickAllProducts(1)).shown("q", 0);
    log.event("click", "q", "p", 101);

    assertThat(log.tuples()).containsExactly(tuple("q", 0, 0));
  }

  @Test
  void quarantinesEverythingUntilTheVerdictExpires() {
    VisitorLog log = VisitorLog.under(c -> c.setClickAllProducts(2).setQuarantineMs(50));
    log.shown("q", 0).event("click", "q", "p", 10).event("click", "q", "p2", 20);
    log.event("click", "q", "p3", 20).event("click", "q", "p4", 70);
    log.decision("r", 70).event("impression", "r", 70);
    log.shown("s", 71).event("click", "s", "p", 72);

    assertThat(log.events(RecordClass.QUARANTINED)).isEqualTo(4);
    assertThat(log.decisions(RecordClass.QUARANTINED)).isEqualTo(1);
    assertThat(log.tuples()).containsExactly(tuple("s", 0, 1));
  }

  @Test
  void beginsAllCountsAnewAfterAQuarantine() {
    VisitorLog log =
        VisitorLog.under(
            c ->
                c.setMaxEventsPerMinute(3)
                    .setQuarantineMs(10)
                    .setMinDwellMs(100)
                    .setDwellClicks(2));
    log.shown("q", 0).event("click", "q", "p", 1).event("click", "q", "p2", 2);
    log.shown("r", 20).event("click", "r", "p", 21).event("query", "r", 22);

    assertThat(log.events(RecordClass.QUARANTINED)).isEqualTo(1);
    assertThat(log.tuples()).containsExactly(tuple("r", 0, 1));
  }

  @Test
  void remembersQuarantinedEventsAsSeen() {
    VisitorLog log = VisitorLog.under(c -> c.setClickAllProducts(1).setQuarantineMs(10));
    log.shown("q", 0).event("click", "q", "p", 1);
    log.event("query", "q", "", 5, e -> e.setEventId("x"));
    log.event("query", "q", "", 20, e -> e.setEventId("x"));

    assertThat(log.events(RecordClass.DUPLICATE)).isEqualTo(1);
  }

  @Test
  void judgesByTheConfigurationOfTheEventAndHoldsItsQuarantine() {
    VisitorLog log =
        VisitorLog.under(c -> c.setClickAllProducts(1).setQuarantineMs(100))
            .from(50, c -> c.setQuarantineMs(1));
    log.shown("q", 0)
        .event("click", "q", "p", 49)
        .event("query", "q", 149)
        .event("query", "q", 150);

    assertThat(log.events(RecordClass.QUARANTINED)).isEqualTo(2);
    assertThat(log.events(RecordClass.DANGLING)).isEqualTo(1);
  }

  @Test
  void keepsTheCapsCountsThroughAQuarantine() {
    VisitorLog log =
        VisitorLog.under(
            c ->
                c.setClickAllProducts(2)
                    .setQuarantineMs(10)
                    .setVisitorCap(1)
                    .setVisitorMaxSearches(1));
    log.shown("q", 0).event("click", "q", "p", 1).event("click", "q", "p2", 2);
    log.shown("r", 20).event("click", "r", "p", 21);

    assertThat(log.tuples()).containsExactly(new ExpectedTuple("r", "r#0", 0, 0, 0, false));
  }
}

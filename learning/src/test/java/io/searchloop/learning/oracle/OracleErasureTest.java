package io.searchloop.learning.oracle;

import static io.searchloop.learning.oracle.VisitorLog.tuple;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What an erasure leaves; windows are 100 and 1000 ms. */
class OracleErasureTest {
  @Test
  void endsWhatIsOpenAndTakesNothingBack() {
    VisitorLog log = VisitorLog.under(UnaryOperator.identity());
    log.shown("told", 0).event("click", "told", "p", 50);
    log.shown("untold", 100).event("click", "untold", "p", 150);

    log.event("erase", "", 200);

    assertThat(log.tuples()).containsExactly(tuple("told", 0, 1));
    assertThat(log.events(RecordClass.ERASED)).isEqualTo(1);
  }

  @Test
  void countsWhatBelongsToTheFormerLifeAsErasedUntilItsWindowsAreOver() {
    VisitorLog log = VisitorLog.under(UnaryOperator.identity()).shown("q", 0);
    log.event("click", "q", "p", 50).event("erase", "", 200);

    log.event("purchase", "", "p", 300)
        .event("click", "q", "p2", 1200)
        .event("click", "q", "p", 1201);

    assertThat(log.events(RecordClass.ERASED)).isEqualTo(3);
    assertThat(log.events(RecordClass.DANGLING)).isEqualTo(1);
    assertThat(log.tuples()).containsExactly(tuple("q", 0, 1));
  }

  @Test
  void comesLastAtItsInstantAndAnewLifeMayUseEverythingAgain() {
    VisitorLog log = VisitorLog.under(c -> c.setVisitorCap(1)).shown("q", 0);
    log.event("erase", "", 50).event("click", "q", "p", 50);
    log.decision("q", 60).event("impression", "q", 70).event("click", "q", "p", 80);

    assertThat(log.events(RecordClass.JOINED)).isEqualTo(4);
    assertThat(log.tuples()).as("the cap began anew").containsExactly(tuple("q", 0, 1));
  }
}

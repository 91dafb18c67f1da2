package io.searchloop.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.DeadLetterReason;
import org.junit.jupiter.api.Test;

/** The allowed lateness is 50 ms. */
class LatenessAuditTest {
  private final AuditedLog log =
      new AuditedLog().event("query", "q", 1_000).event("query", "q", 949);

  @Test
  void acceptsARecordBeyondTheBound() {
    assertThat(LatenessAudit.violations(log.late(1, 949).raw())).isEmpty();
  }

  @Test
  void namesARecordAheadOfTheWatermarkThatRefusedIt() {
    assertThat(LatenessAudit.violations(log.late(1, 948).raw()))
        .singleElement()
        .asString()
        .contains("though ahead of the watermark: 1");
  }

  @Test
  void namesAWatermarkThatRanAheadOfTheAllowedLateness() {
    assertThat(LatenessAudit.violations(log.late(1, 950).raw()))
        .singleElement()
        .asString()
        .contains("by a watermark within 50 ms of the latest record: 1");
  }

  @Test
  void takesNoTimeFromARefusedRecord() {
    log.event("query", "q", 5_000).letter("events", 2, DeadLetterReason.FUTURE, "intake", 0);

    assertThat(LatenessAudit.violations(log.late(1, 950).raw())).hasSize(1);
  }

  @Test
  void namesALateRecordThatIsNotThere() {
    assertThat(LatenessAudit.violations(log.late(9, 900).raw())).hasSize(1);
  }
}

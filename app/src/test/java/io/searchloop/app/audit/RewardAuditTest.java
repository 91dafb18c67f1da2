package io.searchloop.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.log.Located;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RewardAuditTest {
  private final AuditedLog log =
      new AuditedLog()
          .decision("q", DecisionMode.ASSIGNED, 10)
          .event("impression", "q", 20)
          .event("click", "q", 30);

  @Test
  void isCleanWhenLedgerAndTuplesAreTheOracles() {
    RewardAudit audit = audit(log.baseTuple("q", 1, 20), Map.of(RecordClass.JOINED, 1L));

    assertThat(audit.violations()).isEmpty();
    assertThat(audit.tuples()).isEqualTo(1);
    assertThat(audit.partitions().get("decisions/0")).containsEntry("joined", 1L);
  }

  @Test
  void namesAClassCountedOtherwise() {
    assertThat(audit(log.baseTuple("q", 1, 20), Map.of(RecordClass.QUARANTINED, 1L)).violations())
        .containsExactly(
            "decisions/0: the job counted 0 as joined, the oracle 1",
            "decisions/0: the job counted 1 as quarantined, the oracle 0");
  }

  @Test
  void namesCountsThatDoNotAddUp() {
    assertThat(audit(log.baseTuple("q", 1, 20), Map.of()).violations())
        .anyMatch(violation -> violation.contains("do not add up to accepted"));
  }

  @Test
  void takesNoNoticeOfTheEnginesDeadLetters() {
    log.unanswered(0);

    assertThat(audit(log.baseTuple("q", 1, 20), Map.of(RecordClass.JOINED, 1L)).violations())
        .isEmpty();
  }

  @Test
  void comparesWhatCannotDependOnExpiredRecords() {
    long hour = Duration.ofHours(1).toMillis();
    AuditedLog cut =
        new AuditedLog()
            .decision("young", DecisionMode.ASSIGNED, 2 * hour)
            .event("impression", "young", 2 * hour)
            .event("click", "young", 2 * hour + 10)
            .baseTuple("expired", 1, 20)
            .late(99, 50)
            .completeSince(100);

    assertThat(cutAudit(cut).violations())
        .singleElement()
        .asString()
        .contains("Tuples missing: 1", "young");

    RewardAudit audit = cutAudit(cut.baseTuple("young", 1, 2 * hour));
    assertThat(audit.violations()).isEmpty();
    assertThat(audit.tuples()).isEqualTo(1);
    assertThat(LatenessAudit.violations(cut.raw())).isEmpty();
  }

  private static RewardAudit cutAudit(AuditedLog log) {
    Map<RecordClass, Long> counted = Map.of(RecordClass.JOINED, 7L);
    LedgerView view = log.checkpoint(7, Duration.ofHours(3).toMillis(), counted);
    return RewardAudit.of(log.raw(), view);
  }

  @Test
  void readsTheLedgerOfOneJobOnly() {
    List<Located<Ledger>> ledger =
        List.of(ledger("reward", 3), ledger("engine-reward", 9), ledger("reward", 4));

    assertThat(LedgerView.newest(ledger, "reward", 3))
        .extracting(LedgerView::checkpointId)
        .containsExactly(4L, 3L);
  }

  private static RewardAudit audit(AuditedLog log, Map<RecordClass, Long> counted) {
    return RewardAudit.of(log.raw(), log.checkpoint(1, 500, counted));
  }

  private static Located<Ledger> ledger(String job, long checkpoint) {
    return new Located<>(
        0, 0, 0, Ledger.newBuilder().setJob(job).setCheckpointId(checkpoint).build());
  }
}

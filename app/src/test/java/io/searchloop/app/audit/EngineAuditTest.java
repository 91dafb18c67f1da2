package io.searchloop.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.schemas.DecisionMode;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineAuditTest {
  private final AuditedLog log = new AuditedLog();

  @Test
  void acceptsATupleForEachCandidateOrADeadLetterOrAPendingDecision() {
    search("priced").priced("priced").engineTuple("priced", "priced#identity", false);
    search("unavailable").log.unanswered(1);
    search("in-flight").search("unread");
    log.decision("shown", DecisionMode.ASSIGNED, 1);

    EngineAudit audit = audit(3, 1);

    assertThat(audit.violations()).isEmpty();
    assertThat(audit.figures()).isEqualTo(new AuditReport.Engine(1, 1, 2));
  }

  @Test
  void holdsEverythingPendingBeforeTheFirstCheckpoint() {
    search("a").search("b");

    EngineAudit audit = EngineAudit.of(log.raw(), null);

    assertThat(audit.violations()).isEmpty();
    assertThat(audit.figures().pending()).isEqualTo(2);
  }

  @Test
  void namesASearchThatWasLost() {
    search("a").search("b");

    assertThat(audit(2, 1).violations())
        .singleElement()
        .asString()
        .contains("2 searches read by engine-reward")
        .contains("counts 1 as pending");
  }

  @Test
  void namesASearchPricedTwice() {
    search("a").priced("a").engineTuple("a", "a#1", false);

    assertThat(audit(1, 0).violations())
        .containsExactly("Engine-only searches priced or refused twice: 1, first a");
  }

  @Test
  void namesASearchBothPricedAndRefused() {
    search("a").priced("a").unanswered(0);

    assertThat(audit(1, 0).violations()).singleElement().asString().contains("refused twice");
  }

  @Test
  void namesASearchPricedInPart() {
    search("a").log.engineTuple("a", "a#0", true);

    assertThat(audit(1, 0).violations()).singleElement().asString().contains("in part: 1, first a");
  }

  @Test
  void namesTuplesThatNoDecisionAsksFor() {
    search("a").priced("a").engineTuple("a", "a#9", true).engineTuple("b", "b#0", true);

    assertThat(audit(1, 0).violations())
        .singleElement()
        .asString()
        .contains("though no decision asks for it: 2");
  }

  @Test
  void countsARepeatedDecisionOnce() {
    search("a").search("a").priced("a");

    EngineAudit audit = audit(2, 0);

    assertThat(audit.violations()).isEmpty();
    assertThat(audit.figures().priced()).isEqualTo(1);
  }

  private EngineAuditTest search(String queryId) {
    log.decision(queryId, DecisionMode.ENGINE_ONLY, 1);
    return this;
  }

  private AuditedLog priced(String queryId) {
    return log.engineTuple(queryId, queryId + "#0", true)
        .engineTuple(queryId, queryId + "#1", false);
  }

  private EngineAudit audit(long read, long pending) {
    return EngineAudit.of(log.raw(), log.checkpoint(read, 0, Map.of(RecordClass.PENDING, pending)));
  }
}

package io.searchloop.jobs.attribution;

import static io.searchloop.jobs.attribution.OneVisitor.FOREVER;
import static io.searchloop.jobs.attribution.OneVisitor.PLAIN;
import static io.searchloop.jobs.attribution.OneVisitor.config;
import static io.searchloop.jobs.attribution.OneVisitor.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.fixtures.Events;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.learning.oracle.ExpectedTuple;
import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.schemas.SearchEvent;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The cases of {@code DISCUSSION.md} about what arrives when, each under its name. */
class ArrivalCasesTest {
  private final OneVisitor visitor = new OneVisitor();
  private final Events log = visitor.log;
  private JoinHarness join;

  @AfterEach
  void endsWithoutStateAndTimers() throws Exception {
    join.watermark(FOREVER);
    assertThat(join.openState()).isZero();
    join.close();
  }

  @Test
  void duplicatesWithEventId() throws Exception {
    join = visitor.open(PLAIN);
    visitor.shown("q");
    SourceRecord click = log.event("click", "q", "p", 50);
    visitor.receive(click, log.again(click));
    visitor.receive(log.event("click", "q", "p2", 60, e -> e.setEventId("event-2")));

    join.watermark(FOREVER);

    // The copy and the event that reuses the id of the click are one event.
    assertThat(visitor.count(RecordClass.DUPLICATE)).isEqualTo(2);
    assertThat(visitor.total("q")).isEqualTo(1);
  }

  @Test
  void duplicatesWithoutEventId() throws Exception {
    join = visitor.open(PLAIN);
    visitor.shown("q");
    UnaryOperator<SearchEvent.Builder> anonymous = e -> e.setEventId("");
    visitor.receive(
        log.event("click", "q", "p", 50, anonymous),
        log.event("click", "q", "p", 50, anonymous),
        log.event("click", "q", "p", 51, anonymous));

    join.watermark(FOREVER);

    assertThat(visitor.count(RecordClass.DUPLICATE)).isEqualTo(1);
    assertThat(visitor.total("q")).isEqualTo(1);
  }

  @Test
  void outOfOrder() throws Exception {
    join = visitor.open(PLAIN);
    visitor.receive(
        log.event("refund", "", "", 80, order(1, 0)),
        log.event("purchase", "", "p", 70, order(1, 1)),
        log.event("click", "q", "p", 50),
        log.event("impression", "q", "", 20),
        log.decision("q", 10));

    join.watermark(FOREVER);

    assertThat(visitor.total("q")).isEqualTo(1);
    assertThat(visitor.count(RecordClass.DANGLING)).isZero();
  }

  @Test
  void clickBeforeItsImpression() throws Exception {
    join = visitor.open(PLAIN);
    visitor.receive(
        log.decision("q", 10),
        log.event("click", "q", "p", 19),
        log.event("impression", "q", "", 20),
        log.event("click", "q", "p2", 20));

    join.watermark(FOREVER);

    // A click of an earlier instant than what was clicked on is nobody's; one of the same is.
    assertThat(visitor.count(RecordClass.DANGLING)).isEqualTo(1);
    assertThat(visitor.total("q")).isEqualTo(1);
  }

  @Test
  void interactionWithoutImpression() throws Exception {
    join = visitor.open(PLAIN);
    visitor.receive(
        log.event("click", "unheard-of", "p", 50),
        log.event("add_to_cart", "", "p", 60),
        log.event("purchase", "", "p", 70, order(1, 1)));

    join.watermark(FOREVER);

    assertThat(visitor.count(RecordClass.DANGLING)).isEqualTo(3);
    assertThat(join.emitted()).isEmpty();
  }

  @Test
  void lateBeyondLateness() throws Exception {
    join = visitor.open(PLAIN);
    visitor.shown("q");
    join.watermark(60);
    visitor.receive(log.event("click", "q", "p", 60));

    join.watermark(FOREVER);

    assertThat(visitor.count(RecordClass.LATE)).isEqualTo(1);
    assertThat(join.deadLetters()).hasSize(1);
    assertThat(visitor.total("q")).isZero();
  }

  @Test
  void aDecisionNeverShown() throws Exception {
    join = visitor.open(PLAIN);
    visitor.receive(log.decision("prefetched", 10), log.event("click", "prefetched", "p", 50));

    join.watermark(FOREVER);

    assertThat(join.emitted()).isEmpty();
    assertThat(visitor.count(RecordClass.DANGLING)).isEqualTo(1);
  }

  @Test
  void anImpressionWithoutDecision() throws Exception {
    join = visitor.open(PLAIN);
    visitor.receive(log.event("impression", "q", "", 20), log.event("click", "q", "p", 30));

    join.watermark(FOREVER);

    assertThat(join.emitted()).isEmpty();
    assertThat(visitor.count(RecordClass.DANGLING)).isEqualTo(2);
  }

  @Test
  void aRestartInTheMiddle() throws Exception {
    join = visitor.open(PLAIN);
    visitor.shown("q");
    visitor.receive(log.event("click", "q", "p", 50));
    join.restore();
    join.watermark(60);
    join.restore();
    visitor.receive(log.event("purchase", "", "p", 70, order(1, 1)));
    join.watermark(300);
    join.restore();
    visitor.receive(log.event("refund", "", "", 400, order(1, 0)));

    join.watermark(FOREVER);

    assertThat(join.tuples()).containsExactly(tuple("q", 0, 11), tuple("q", 1, -10));
  }

  @Test
  void aConfigurationChangedWhileAWindowIsOpen() throws Exception {
    join = visitor.open(PLAIN);
    visitor.shown("before");
    visitor.receive(log.decision("after", 15), log.event("click", "before", "p", 30));
    join.watermark(35);
    join.configure(config(40, c -> c.setClick(2).setShortWindowMs(10).setLongWindowMs(300)));
    visitor.receive(
        log.event("impression", "after", "", 40),
        log.event("click", "after", "p", 45),
        log.event("click", "before", "p2", 46),
        log.event("click", "after", "p3", 341));

    join.watermark(50);
    assertThat(join.tuples()).containsExactly(tuple("after", 0, 2));
    join.watermark(FOREVER);

    // What was shown before keeps its prices and windows to the end.
    assertThat(visitor.total("before")).isEqualTo(2);
    assertThat(visitor.count(RecordClass.DANGLING)).isEqualTo(1);
    assertThat(join.emitted())
        .extracting(t -> t.getQueryId() + " " + t.getRewardConfigFrom().toEpochMilli())
        .containsExactlyInAnyOrder("before 0", "after 40");
  }

  private static ExpectedTuple tuple(String queryId, int sequence, double reward) {
    return new ExpectedTuple(queryId, queryId + "#1", sequence, reward, 0, true);
  }
}

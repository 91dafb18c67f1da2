package io.searchloop.jobs.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.fixtures.Events;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.ledger.LedgerMark;
import io.searchloop.learning.oracle.ExpectedTuple;
import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.learning.oracle.SourcePartition;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.state.VisitorState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The cases of {@code DISCUSSION.md}, each under its name. */
class HardCasesTest {
  private static final long W1 = 100;
  private static final long W2 = 1000;
  private static final long FOREVER = Long.MAX_VALUE;
  private static final SourcePartition EVENTS = new SourcePartition("events", 0);
  private static final RewardConfig PLAIN = config(0, c -> c);

  private final Events log = new Events();
  private JoinHarness join;

  @AfterEach
  void endsWithoutStateAndTimers() throws Exception {
    join.watermark(FOREVER);
    assertThat(join.openState()).isZero();
    join.close();
  }

  @Test
  void duplicatesWithEventId() throws Exception {
    open(PLAIN);
    shown("q");
    SourceRecord click = log.event("click", "q", "p", 50);
    receive(click, log.again(click));
    receive(log.event("click", "q", "p2", 60, e -> e.setEventId("event-2")));

    join.watermark(FOREVER);

    // The copy and the event that reuses the id of the click are one event.
    assertThat(count(RecordClass.DUPLICATE)).isEqualTo(2);
    assertThat(total("q")).isEqualTo(1);
  }

  @Test
  void duplicatesWithoutEventId() throws Exception {
    open(PLAIN);
    shown("q");
    UnaryOperator<SearchEvent.Builder> anonymous = e -> e.setEventId("");
    receive(
        log.event("click", "q", "p", 50, anonymous),
        log.event("click", "q", "p", 50, anonymous),
        log.event("click", "q", "p", 51, anonymous));

    join.watermark(FOREVER);

    assertThat(count(RecordClass.DUPLICATE)).isEqualTo(1);
    assertThat(total("q")).isEqualTo(1);
  }

  @Test
  void outOfOrder() throws Exception {
    open(PLAIN);
    receive(
        log.event("refund", "", "", 80, order(1, 0)),
        log.event("purchase", "", "p", 70, order(1, 1)),
        log.event("click", "q", "p", 50),
        log.event("impression", "q", "", 20),
        log.decision("q", 10));

    join.watermark(FOREVER);

    assertThat(total("q")).isEqualTo(1);
    assertThat(count(RecordClass.DANGLING)).isZero();
  }

  @Test
  void clickBeforeItsImpression() throws Exception {
    open(PLAIN);
    receive(
        log.decision("q", 10),
        log.event("click", "q", "p", 19),
        log.event("impression", "q", "", 20),
        log.event("click", "q", "p2", 20));

    join.watermark(FOREVER);

    // A click of an earlier instant than what was clicked on is nobody's; one of the same is.
    assertThat(count(RecordClass.DANGLING)).isEqualTo(1);
    assertThat(total("q")).isEqualTo(1);
  }

  @Test
  void interactionWithoutImpression() throws Exception {
    open(PLAIN);
    receive(
        log.event("click", "unheard-of", "p", 50),
        log.event("add_to_cart", "", "p", 60),
        log.event("purchase", "", "p", 70, order(1, 1)));

    join.watermark(FOREVER);

    assertThat(count(RecordClass.DANGLING)).isEqualTo(3);
    assertThat(join.emitted()).isEmpty();
  }

  @Test
  void anErasedVisitor() throws Exception {
    open(PLAIN);
    shown("q");
    receive(
        log.event("click", "q", "p", 50),
        log.event("purchase", "", "p", 60, order(1, 1)),
        log.decision("unseen", 70),
        log.event("erase", "", "", 90));
    join.watermark(95);

    assertThat(join.visitors())
        .as("all that is left is that there was somebody")
        .singleElement()
        .satisfies(
            visitor -> {
              VisitorState nothing = VisitorStates.fresh();
              VisitorStates.erase(nothing, 90 + W2);
              nothing.setWakeAt(90 + W2);
              nothing.setWakesToEnd(true);
              assertThat(visitor).isEqualTo(nothing);
            });

    receive(
        log.event("purchase", "", "p", 100, order(1, 2)),
        log.event("refund", "", "", 110, order(1, 1)),
        log.event("impression", "unseen", "", 120));
    receive(log.decision("new", 130), log.event("impression", "new", "", 140));
    receive(log.event("click", "new", "p", 150));
    join.watermark(FOREVER);

    assertThat(count(RecordClass.ERASED)).isEqualTo(4);
    assertThat(count(RecordClass.DANGLING)).isZero();
    assertThat(join.remarks(EVENTS, LedgerMark.SEARCH_ERASED)).isEqualTo(2);
    assertThat(join.emitted()).extracting(RewardTuple::getQueryId).containsOnly("new");
    assertThat(total("new")).as("whoever comes back is somebody new").isEqualTo(1);
  }

  @Test
  void lateBeyondLateness() throws Exception {
    open(PLAIN);
    shown("q");
    join.watermark(60);
    receive(log.event("click", "q", "p", 60));

    join.watermark(FOREVER);

    assertThat(count(RecordClass.LATE)).isEqualTo(1);
    assertThat(join.deadLetters()).hasSize(1);
    assertThat(total("q")).isZero();
  }

  @Test
  void aVisitorWithAHundredThousandEvents() throws Exception {
    open(PLAIN);
    int searches = 20_000;
    for (int i = 0; i < searches; i++) {
      long time = 10 + i / 40;
      receive(
          log.decision("q" + i, time),
          log.event("impression", "q" + i, "", time),
          log.event("click", "q" + i, "p" + i % 100, time),
          log.event("click", "q" + i, "p" + (i + 1) % 100, time),
          log.event("add_to_cart", "", "p" + i % 100, time));
      if (i % 1000 == 0) {
        join.watermark(time - 1);
      }
    }

    join.watermark(FOREVER);

    assertThat(count(RecordClass.JOINED)).isEqualTo(4L * searches);
    assertThat(join.emitted().stream().filter(t -> t.getSequence() == 0)).hasSize(searches);
  }

  @Test
  void twoTabs() throws Exception {
    open(PLAIN);
    receive(
        log.decision("left", 10),
        log.decision("right", 11),
        log.event("impression", "left", "", 20),
        log.event("impression", "right", "", 21),
        log.event("click", "right", "p", 30),
        log.event("click", "left", "p2", 31),
        log.event("click", "right", "p3", 32));

    join.watermark(FOREVER);

    assertThat(total("left")).isEqualTo(1);
    assertThat(total("right")).isEqualTo(2);
  }

  @Test
  void theSameProductInTwoImpressions() throws Exception {
    open(PLAIN);
    shown("a");
    shown("b");
    receive(
        log.event("click", "a", "p", 30),
        log.event("click", "b", "p", 40),
        log.event("click", "a", "p", 50),
        log.event("purchase", "", "p", 60, order(1, 1)));

    join.watermark(FOREVER);

    // The touch of 50 earns no click, but is the last.
    assertThat(total("a")).isEqualTo(11);
    assertThat(total("b")).isEqualTo(1);
  }

  @Test
  void aPurchaseFollowsTheCartOfASearchPage() throws Exception {
    open(PLAIN);
    shown("a");
    shown("b");
    receive(
        log.event("click", "a", "p", 30),
        log.event("add_to_cart", "b", "p", 40),
        log.event("purchase", "", "p", 60, order(1, 1)));

    join.watermark(FOREVER);

    assertThat(total("a")).isEqualTo(1);
    assertThat(total("b")).isEqualTo(13);
  }

  @Test
  void aDecisionNeverShown() throws Exception {
    open(PLAIN);
    receive(log.decision("prefetched", 10), log.event("click", "prefetched", "p", 50));

    join.watermark(FOREVER);

    assertThat(join.emitted()).isEmpty();
    assertThat(count(RecordClass.DANGLING)).isEqualTo(1);
  }

  @Test
  void anImpressionWithoutDecision() throws Exception {
    open(PLAIN);
    receive(log.event("impression", "q", "", 20), log.event("click", "q", "p", 30));

    join.watermark(FOREVER);

    assertThat(join.emitted()).isEmpty();
    assertThat(count(RecordClass.DANGLING)).isEqualTo(2);
  }

  @Test
  void aSessionOverMidnight() throws Exception {
    long midnight = Instant.parse("2026-03-29T00:00:00Z").toEpochMilli();
    long day = Duration.ofDays(1).toMillis();
    open(config(0, c -> c.setVisitorCap(11).setCapWindowMs(day)));
    receive(
        log.decision("q", midnight - 60),
        log.event("impression", "q", "", midnight - 50),
        log.event("click", "q", "p", midnight - 40),
        log.event("purchase", "", "p", midnight - 1, order(1, 1)),
        log.event("purchase", "", "p", midnight, order(2, 1)));

    join.watermark(FOREVER);

    // Windows do not end at midnight; the visitor's cap begins anew.
    assertThat(total("q")).isEqualTo(1 + 10 + 10);
  }

  @Test
  void aRefundAfterACorrection() throws Exception {
    open(PLAIN);
    shown("q");
    receive(
        log.event("click", "q", "p", 50),
        log.event("purchase", "", "p", 500, order(1, 3)),
        log.event("refund", "", "", 600, order(1, 1)),
        log.event("refund", "", "", 700, order(1, 5)),
        log.event("refund", "", "", 800, order(1, 1)));

    join.watermark(FOREVER);

    // 10 for the line, a third back, then the rest: of three units no more than three return.
    assertThat(join.emitted())
        .extracting(RewardTuple::getReward)
        .containsExactly(1.0, 10.0, -3.333333, -6.666667);
    assertThat(join.emitted().get(3).getItem()).isEqualTo("p");
  }

  @Test
  void aRefundOfAnUnknownOrder() throws Exception {
    open(PLAIN);
    shown("q");
    receive(
        log.event("click", "q", "p", 50),
        log.event("purchase", "", "p", 60, order(1, 1)),
        log.event("refund", "", "p", 70, order(2, 1)));

    join.watermark(FOREVER);

    assertThat(total("q")).isEqualTo(11);
    assertThat(count(RecordClass.DANGLING)).isEqualTo(1);
  }

  @Test
  void aRestartInTheMiddle() throws Exception {
    open(PLAIN);
    shown("q");
    receive(log.event("click", "q", "p", 50));
    join.restore();
    join.watermark(60);
    join.restore();
    receive(log.event("purchase", "", "p", 70, order(1, 1)));
    join.watermark(300);
    join.restore();
    receive(log.event("refund", "", "", 400, order(1, 0)));

    join.watermark(FOREVER);

    assertThat(join.tuples()).containsExactly(tuple("q", 0, 11), tuple("q", 1, -10));
  }

  @Test
  void aConfigurationChangedWhileAWindowIsOpen() throws Exception {
    open(PLAIN);
    shown("before");
    receive(log.decision("after", 15), log.event("click", "before", "p", 30));
    join.watermark(35);
    join.configure(config(40, c -> c.setClick(2).setShortWindowMs(10).setLongWindowMs(300)));
    receive(
        log.event("impression", "after", "", 40),
        log.event("click", "after", "p", 45),
        log.event("click", "before", "p2", 46),
        log.event("click", "after", "p3", 341));

    join.watermark(50);
    assertThat(join.tuples()).containsExactly(tuple("after", 0, 2));
    join.watermark(FOREVER);

    // What was shown before keeps its prices and windows to the end.
    assertThat(total("before")).isEqualTo(2);
    assertThat(count(RecordClass.DANGLING)).isEqualTo(1);
    assertThat(join.emitted())
        .extracting(t -> t.getQueryId() + " " + t.getRewardConfigFrom().toEpochMilli())
        .containsExactlyInAnyOrder("before 0", "after 40");
  }

  @Test
  void aRobotIsQuarantinedAndWhatItEarnedTakenBack() throws Exception {
    open(config(0, c -> c.setMinDwellMs(5).setDwellClicks(3).setQuarantineMs(500)));
    shown("q");
    shown("q2");
    receive(log.event("click", "q", "p", 30));
    join.watermark(200);
    receive(
        log.event("click", "q", "p1", 210),
        log.event("click", "q", "p2", 212),
        log.event("click", "q", "p3", 214),
        log.event("click", "q", "p4", 714),
        log.decision("q3", 714),
        log.decision("q4", 715));

    join.watermark(FOREVER);

    assertThat(join.emitted().get(join.emitted().size() - 1).getSignal()).isEqualTo("quarantine");
    assertThat(total("q")).isZero();
    assertThat(count(RecordClass.QUARANTINED)).isEqualTo(2);
    assertThat(join.counts(new SourcePartition("decisions", 0)))
        .isEqualTo(Map.of(RecordClass.JOINED, 3L, RecordClass.QUARANTINED, 1L));
    assertThat(join.remarks(EVENTS, LedgerMark.VERDICT)).isEqualTo(1);
  }

  @Test
  void aVisitorWhoActsTooOftenOrClicksEverything() throws Exception {
    open(config(0, c -> c.setMaxEventsPerMinute(4).setClickAllProducts(2).setQuarantineMs(1)));
    shown("q");
    receive(log.event("click", "q", "p", 30), log.event("click", "q", "p", 31));
    join.watermark(40);
    assertThat(join.remarks(EVENTS, LedgerMark.VERDICT)).isZero();
    receive(
        log.event("add_to_cart", "", "p", 50),
        log.event("remove_from_cart", "", "p", 60),
        log.decision("again", 100),
        log.event("impression", "again", "", 110),
        log.event("click", "again", "p", 120),
        log.event("click", "again", "p2", 130));

    join.watermark(FOREVER);

    // Five events in a minute at 60, two products of a page at 130.
    assertThat(join.remarks(EVENTS, LedgerMark.VERDICT)).isEqualTo(2);
  }

  @Test
  void noVisitorTeachesAlone() throws Exception {
    open(config(0, c -> c.setVisitorCap(2).setVisitorMaxSearches(1)));
    shown("a");
    receive(log.decision("b", 11), log.event("impression", "b", "", 21));
    for (int i = 0; i < 3; i++) {
      receive(log.event("click", "a", "p" + i, 30 + i));
    }

    join.watermark(FOREVER);

    assertThat(total("a")).isEqualTo(2);
    assertThat(join.emitted())
        .extracting(t -> t.getQueryId() + " " + t.getTrainable())
        .containsExactlyInAnyOrder("a true", "b false");
    assertThat(join.remarks(EVENTS, LedgerMark.CAPPED)).isEqualTo(1);
    assertThat(join.remarks(EVENTS, LedgerMark.WITHHELD_FROM_TRAINING)).isEqualTo(1);
  }

  private void open(RewardConfig config) throws Exception {
    join = new JoinHarness(List.of(config), 1, new HashMapStateBackend());
  }

  private void shown(String queryId) throws Exception {
    receive(log.decision(queryId, 10), log.event("impression", queryId, "", 20));
  }

  private void receive(SourceRecord... records) throws Exception {
    for (SourceRecord record : records) {
      join.receive(record);
    }
  }

  private double total(String queryId) {
    return join.emitted().stream()
        .filter(tuple -> tuple.getQueryId().equals(queryId))
        .mapToDouble(RewardTuple::getReward)
        .sum();
  }

  private long count(RecordClass recordClass) {
    return join.counts(EVENTS).getOrDefault(recordClass, 0L);
  }

  private static ExpectedTuple tuple(String queryId, int sequence, double reward) {
    return new ExpectedTuple(queryId, queryId + "#1", sequence, reward, 0, true);
  }

  private static UnaryOperator<SearchEvent.Builder> order(int line, int quantity) {
    return event -> event.setOrderId("order").setOrderLine(line).setQuantity(quantity);
  }

  private static RewardConfig config(long from, UnaryOperator<RewardConfig.Builder> changes) {
    return changes
        .apply(
            RewardConfig.newBuilder()
                .setEffectiveFrom(Instant.ofEpochMilli(from))
                .setShortWindowMs(W1)
                .setLongWindowMs(W2))
        .build();
  }
}

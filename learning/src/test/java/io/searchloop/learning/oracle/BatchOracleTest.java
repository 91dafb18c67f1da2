package io.searchloop.learning.oracle;

import static io.searchloop.learning.oracle.VisitorLog.EVENTS;
import static io.searchloop.learning.oracle.VisitorLog.candidate;
import static io.searchloop.learning.oracle.VisitorLog.tuple;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Records, duplicates, searches, tuples and configurations; windows are 100 and 1000 ms. */
class BatchOracleTest {
  private final VisitorLog log = VisitorLog.under(UnaryOperator.identity());

  @Test
  void expectsZeroRewardWhenTheWindowClosesWithoutInteractions() {
    log.decision("q", 10).event("impression", "q", 20);

    assertThat(log.report(120).tuples()).containsExactly(tuple("q", 0, 0));
    assertThat(log.report(119).tuples()).isEmpty();
  }

  @Test
  void expectsOutcomesOfTheClosingInstantInTheBaseTupleAndLaterOnesAsCorrections() {
    log.decision("q", 10).event("impression", "q", 20);
    log.event("click", "q", "p", 120);
    log.event("add_to_cart", "", "p", 121);
    log.purchase("", "p", "o", 1, 122);
    log.refund("o", 1, 1020);

    assertThat(log.tuples())
        .containsExactly(tuple("q", 0, 1), tuple("q", 1, 3), tuple("q", 2, 10), tuple("q", 3, -10));
  }

  @Test
  void leavesOutcomesAfterTheLongWindowDangling() {
    log.decision("q", 10).event("impression", "q", 20);
    log.event("click", "q", "p", 1021).purchase("q", "p", "o", 1, 1021);

    assertThat(log.tuples()).containsExactly(tuple("q", 0, 0));
    assertThat(log.events(RecordClass.DANGLING)).isEqualTo(2);
  }

  @Test
  void showsASearchUntilTheLongWindowOfItsDecisionEnds() {
    log.decision("a", 10).event("impression", "a", 1010);
    log.decision("b", 10).event("impression", "b", 1011);

    assertThat(log.tuples()).containsExactly(tuple("a", 0, 0));
    assertThat(log.events(RecordClass.DANGLING)).isEqualTo(1);
  }

  @Test
  void leavesClicksBeforeTheImpressionDangling() {
    log.decision("q", 10).event("click", "q", "p", 15).event("impression", "q", 20);

    assertThat(log.tuples()).containsExactly(tuple("q", 0, 0));
    assertThat(log.events(RecordClass.DANGLING)).isEqualTo(1);
  }

  @Test
  void putsTheDecisionAndTheImpressionBeforeTheClickOfTheSameInstant() {
    log.event("click", "q", "p", 10).event("impression", "q", 10).decision("q", 10);

    assertThat(log.tuples()).containsExactly(tuple("q", 0, 1));
  }

  @Test
  void countsARepeatedEventOnce() {
    log.decision("q", 10).decision("q", 11).event("impression", "q", 20);
    log.event("click", "q", "p", 30, e -> e.setEventId("c"));
    log.event("click", "q", "p", 30, e -> e.setEventId("c"));

    assertThat(log.tuples()).containsExactly(tuple("q", 0, 1));
    assertThat(log.events(RecordClass.DUPLICATE)).isEqualTo(1);
    assertThat(log.decisions(RecordClass.DUPLICATE)).isEqualTo(1);
  }

  @Test
  void forgetsAnIdentityAfterTheLongWindow() {
    log.shown("q", 0);
    for (long time : List.of(10L, 1010L, 1011L)) {
      log.event("query", "none", "", time, e -> e.setEventId("c"));
    }

    assertThat(log.events(RecordClass.DUPLICATE)).isEqualTo(1);
    assertThat(log.events(RecordClass.DANGLING)).isEqualTo(2);
  }

  @Test
  void tellsEventsWithoutIdApartByTheirContent() {
    log.shown("q", 0);
    for (String product : List.of("p", "p", "p2")) {
      log.event("click", "q", product, 10, e -> e.setEventId(""));
    }

    assertThat(log.rewards("q")).containsExactly(2.0);
    assertThat(log.events(RecordClass.DUPLICATE)).isEqualTo(1);
  }

  @Test
  void laysCartsToTheLastSearchThatTouchedTheProduct() {
    log.shown("a", 1).shown("b", 2);
    log.event("click", "b", "p", 5).event("click", "a", "p", 6).event("add_to_cart", "", "p", 7);

    assertThat(log.tuples()).containsExactly(tuple("a", 0, 4), tuple("b", 0, 1));
  }

  @Test
  void touchesByCartsToo() {
    log.shown("a", 1).shown("b", 2);
    log.event("click", "a", "p", 5).event("add_to_cart", "b", "p", 6).purchase("", "p", "o", 1, 7);

    assertThat(log.tuples()).containsExactly(tuple("a", 0, 1), tuple("b", 0, 13));
  }

  @Test
  void fallsBackToTheEarlierTouchWhenTheLaterSearchHasClosed() {
    // a is shown at 500 and open until 1500; b is shown at 0, touches last, and closes at 1000.
    log.shown("b", 0).shown("a", 500);
    log.event("click", "a", "p", 600).event("click", "b", "p", 700);
    log.event("add_to_cart", "", "p", 1001);

    assertThat(log.rewards("a")).containsExactly(1.0, 3.0);
    assertThat(log.rewards("b")).containsExactly(0.0, 1.0);
  }

  @Test
  void joinsEventsOfSearchesWithoutRolloutsAndExpectsNoTuple() {
    log.decision("q", 0, d -> d.setMode(DecisionMode.ENGINE_ONLY)).event("impression", "q", 1);
    log.event("click", "q", "p", 2).purchase("", "p", "o", 1, 3).refund("o", 0, 4);

    assertThat(log.tuples()).isEmpty();
    assertThat(log.events(RecordClass.JOINED)).isEqualTo(4);
  }

  @Test
  void creditsTheServedCandidateOfAHoldout() {
    log.decision(
        "q",
        0,
        d ->
            d.setMode(DecisionMode.HOLDOUT)
                .setCandidates(List.of(candidate("x"), candidate("q#0")))
                .setServed(List.of(1)));
    log.event("impression", "q", 1);

    assertThat(log.tuples()).containsExactly(tuple("q", 0, 0));
  }

  @Test
  void balancesEveryPartitionWithLateAndPendingRecords() {
    log.decision("q", 10).event("impression", "q", 20).event("click", "q", "p", 30).late();
    log.event("click", "q", "p2", 300);

    ClassCounts counts = log.report(200).counts().get(EVENTS);

    assertThat(counts.balanced()).isTrue();
    assertThat(counts.byClass())
        .isEqualTo(Map.of(RecordClass.JOINED, 1L, RecordClass.LATE, 1L, RecordClass.PENDING, 1L));
  }

  @Test
  void opensASearchAnewAfterItHasClosed() {
    log.shown("q", 0).shown("q", 1001);

    assertThat(log.tuples()).containsExactly(tuple("q", 0, 0), tuple("q", 0, 0));
    assertThat(log.decisions(RecordClass.JOINED)).isEqualTo(2);
  }

  @Test
  void pricesAndTimesASearchByTheConfigurationOfItsImpression() {
    log.from(50, c -> c.setClick(2).setShortWindowMs(10).setLongWindowMs(20));
    log.shown("old", 40).decision("new", 41).event("impression", "new", 50);
    log.event("click", "old", "p", 60).event("click", "new", "p", 60);
    log.event("click", "old", "p2", 71).event("click", "new", "p2", 71);

    // old: 1 + 1 until 140; new: 2 until 60, closed at 70.
    assertThat(log.rewards("old")).containsExactly(2.0);
    assertThat(log.rewards("new")).containsExactly(2.0);
    assertThat(log.events(RecordClass.DANGLING)).isEqualTo(1);
  }

  @Test
  void usesTheFirstConfigurationBeforeItBegins() {
    VisitorLog early = new VisitorLog().from(500, c -> c.setClick(7)).from(600, c -> c.setClick(8));
    early.shown("q", 0).event("click", "q", "p", 1);

    assertThat(early.rewards("q")).containsExactly(7.0);
  }

  @Test
  void keepsUpWithAVisitorOfManyEvents() {
    for (int i = 0; i < 20_000; i++) {
      log.shown("q" + i, i);
      log.event("click", "q" + i, "p", i).event("add_to_cart", "", "p", i);
    }

    assertThat(log.tuples()).hasSize(20_000).allMatch(tuple -> tuple.reward() == 4);
  }

  @Test
  void refusesWindowsInTheWrongOrder() {
    RewardConfig config = RewardConfig.newBuilder().setLongWindowMs(1).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchOracle(List.of(config)))
        .withMessageContaining("exceeds long window 1 ms");
  }

  @Test
  void refusesCapWindowsWithoutLength() {
    RewardConfig config = RewardConfig.newBuilder().setCapWindowMs(0).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchOracle(List.of(config)))
        .withMessageContaining("cap window is 0 ms");
  }

  @Test
  void refusesTwoConfigurationsOfOneInstantUnlessEqual() {
    RewardConfig one = RewardConfig.newBuilder().setEffectiveFrom(Instant.EPOCH).build();
    RewardConfig other = RewardConfig.newBuilder(one).setClick(2).build();

    assertThat(new BatchOracle(List.of(one, one))).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchOracle(List.of(one, other)))
        .withMessageContaining("both take effect");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchOracle(List.of()))
        .withMessageContaining("No reward configuration");
  }

  @Test
  void refusesAnEventThatNamesNoVisitor() {
    SearchEvent event = SearchEvent.newBuilder().setQueryId("q").setActionName("query").build();
    List<Located<SearchEvent>> events = new ArrayList<>();
    events.add(new Located<>(new SourcePosition("events", 0, 0), event));
    EventLog nameless = new EventLog(List.of(), events, Set.of(), Set.of(), Map.of(EVENTS, 1L), 10);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new BatchOracle(List.of(RewardConfig.newBuilder().build())).expect(nameless))
        .withMessageContaining("names neither client nor session");
  }
}

package io.searchloop.jobs.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.fixtures.Events;
import io.searchloop.jobs.fixtures.RandomHistory;
import io.searchloop.jobs.intake.SourceRecord;
import io.searchloop.jobs.past.PastEnd;
import io.searchloop.jobs.past.PastRun;
import io.searchloop.learning.oracle.ExpectedTuple;
import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.learning.oracle.SourcePartition;
import io.searchloop.schemas.DeadLetter;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Ledger;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTerm;
import io.searchloop.schemas.RewardTuple;
import java.nio.ByteBuffer;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JoinInteractionsTest {
  private static final long W1 = 100;
  private static final long W2 = 1000;
  private static final long DECIDED = 10;
  private static final long SHOWN = 20;
  private static final long BASE_DUE = SHOWN + W1;
  private static final long END = SHOWN + W2;
  private static final long FOREVER = Long.MAX_VALUE;
  private static final RewardConfig CONFIG =
      RewardConfig.newBuilder().setShortWindowMs(W1).setLongWindowMs(W2).build();
  private static final SourcePartition EVENTS = new SourcePartition("events", 0);

  private final Events log = new Events();
  private JoinHarness join;

  @BeforeEach
  void open() throws Exception {
    join = new JoinHarness(CONFIG);
  }

  @AfterEach
  void endsWithoutStateAndTimers() throws Exception {
    join.watermark(FOREVER);
    assertThat(join.openState()).isZero();
    join.close();
  }

  @Test
  void emitsZeroRewardWhenWindowClosesWithoutInteractions() throws Exception {
    receive(log.decision("q", DECIDED), log.event("impression", "q", "", SHOWN));

    join.watermark(BASE_DUE - 1);
    assertThat(join.tuples()).isEmpty();
    join.watermark(BASE_DUE);
    assertThat(join.tuples()).containsExactly(tuple("q", 0, 0));
  }

  @Test
  void describesTheServedRolloutAndItsTerms() throws Exception {
    receive(
        log.decision("q", DECIDED),
        log.event("impression", "q", "", SHOWN),
        log.event("click", "q", "p", 50),
        log.event("add_to_cart", "", "p", 60));

    join.watermark(BASE_DUE);

    RewardTuple tuple = join.emitted().get(0);
    assertThat(tuple.getTerms())
        .containsExactly(new RewardTerm("add_to_cart", 3.0), new RewardTerm("click", 1.0));
    assertThat(tuple.getTokenIds()).isEqualTo(Packed.ints(7, 8));
    assertThat(tuple.getPromptTokens()).isEqualTo(Packed.ints(1, 2, 3));
    assertThat(tuple.getTrainable()).isTrue();
    assertThat(tuple.getPolicyVersion()).isEqualTo(42);
    assertThat(tuple.getGroupKey()).isEqualTo("shoes/en");
    assertThat(tuple.getImpressionTime().toEpochMilli()).isEqualTo(SHOWN);
    assertThat(tuple.getOutcomeTime().toEpochMilli()).isEqualTo(60);
    assertThat(tuple.toString()).doesNotContain(Events.VISITOR);
  }

  @Test
  void ignoresArrivalOrderWithinLateness() throws Exception {
    receive(
        log.event("purchase", "", "p", 60, e -> e.setOrderId("o").setOrderLine(1)),
        log.event("click", "q", "p", 50),
        log.event("impression", "q", "", SHOWN),
        log.decision("q", DECIDED));

    join.watermark(BASE_DUE);

    assertThat(join.tuples()).containsExactly(tuple("q", 0, 11));
  }

  @Test
  void ordersRecordsOfOneInstantByCause() throws Exception {
    receive(
        log.event("refund", "", "", SHOWN, e -> e.setOrderId("o")),
        log.event("purchase", "", "p", SHOWN, e -> e.setOrderId("o")),
        log.event("click", "q", "p", SHOWN),
        log.event("impression", "q", "", SHOWN),
        log.decision("q", SHOWN));

    join.watermark(BASE_DUE);

    assertThat(join.tuples()).containsExactly(tuple("q", 0, 1));
    assertThat(join.counts(EVENTS)).containsOnlyKeys(RecordClass.JOINED);
  }

  @Test
  void countsOutcomesOfTheClosingInstantInTheBaseTuple() throws Exception {
    receive(
        log.decision("q", DECIDED),
        log.event("impression", "q", "", SHOWN),
        log.event("click", "q", "p", BASE_DUE),
        log.event("click", "q", "p2", BASE_DUE + 1));

    join.watermark(FOREVER);

    assertThat(join.tuples()).containsExactly(tuple("q", 0, 1), tuple("q", 1, 1));
  }

  @Test
  void emitsLaterOutcomesAsCorrectionsThatSayWhatHappened() throws Exception {
    receive(
        log.decision("q", DECIDED),
        log.event("impression", "q", "", SHOWN),
        log.event("click", "q", "p", 50),
        log.event("purchase", "", "p", 500, e -> e.setOrderId("o").setOrderLine(1)),
        log.event("refund", "", "p", END, e -> e.setOrderId("o").setOrderLine(1)));

    join.watermark(END);

    assertThat(join.emitted())
        .extracting(RewardTuple::getSequence, RewardTuple::getReward, RewardTuple::getSignal)
        .containsExactly(
            Assertions.tuple(0, 1.0, ""),
            Assertions.tuple(1, 10.0, "purchase"),
            Assertions.tuple(2, -10.0, "refund"));
    assertThat(join.emitted().get(1).getItem()).isEqualTo("p");
  }

  @Test
  void leavesOutcomesAfterTheLongWindowDangling() throws Exception {
    receive(
        log.decision("q", DECIDED),
        log.event("impression", "q", "", SHOWN),
        log.event("click", "q", "p", END + 1));

    join.watermark(FOREVER);

    assertThat(join.tuples()).containsExactly(tuple("q", 0, 0));
    assertThat(join.counts(EVENTS)).containsEntry(RecordClass.DANGLING, 1L);
  }

  @Test
  void forgetsADecisionThatIsNeverShown() throws Exception {
    receive(log.decision("q", DECIDED), log.event("impression", "q", "", DECIDED + W2 + 1));

    join.watermark(FOREVER);

    assertThat(join.emitted()).isEmpty();
    assertThat(join.counts(EVENTS)).containsEntry(RecordClass.DANGLING, 1L);
  }

  @Test
  void countsARepeatedEventOnceWhereverItsCopyLies() throws Exception {
    SourceRecord click = log.event("click", "q", "p", 50);
    receive(
        log.decision("q", DECIDED),
        log.event("impression", "q", "", SHOWN),
        click,
        log.again(click));

    join.watermark(BASE_DUE);

    assertThat(join.tuples()).containsExactly(tuple("q", 0, 1));
    assertThat(join.counts(EVENTS)).containsEntry(RecordClass.DUPLICATE, 1L);
  }

  @Test
  void laysACartWithoutQueryToTheSearchThatTouchedTheProductLast() throws Exception {
    receive(
        log.decision("a", DECIDED),
        log.decision("b", DECIDED),
        log.event("impression", "a", "", SHOWN),
        log.event("impression", "b", "", SHOWN),
        log.event("click", "b", "p", 40),
        log.event("click", "a", "p", 50),
        log.event("add_to_cart", "", "p", 60));

    join.watermark(BASE_DUE);

    assertThat(join.tuples()).containsExactly(tuple("a", 0, 4), tuple("b", 0, 1));
  }

  @Test
  void whatALostRunHadNotReadArrivesBehindItsEventTime() throws Exception {
    join.close();
    join = new JoinHarness(CONFIG, RunThatReadOneEventUntil500::new);
    SourceRecord read = log.event("impression", "q", "", 90);
    SourceRecord behind = log.event("click", "q", "p", 500);
    SourceRecord ahead = log.event("click", "q", "p", 501);

    receive(read, behind, ahead);

    assertThat(join.late()).containsExactly(RandomHistory.position(behind));
    assertThat(join.counts(EVENTS)).containsEntry(RecordClass.PENDING, 2L);
  }

  private static final class RunThatReadOneEventUntil500 implements PastRun {
    @Override
    public PastEnd end() {
      PastEnd.Collector ledger = new PastEnd.Collector();
      ledger.add(
          Ledger.newBuilder()
              .setTopic(EVENTS.topic())
              .setPartition(EVENTS.partition())
              .setNextOffset(1)
              .setWatermark(500)
              .build());
      return ledger.end();
    }
  }

  @Test
  void sendsRecordsBehindTheWatermarkToTheDeadLettersWithTheirBytes() throws Exception {
    join.watermark(100);
    SourceRecord late = log.event("click", "q", "p", 100);

    receive(late);

    DeadLetter letter = join.deadLetters().get(0);
    assertThat(letter.getReason()).isEqualTo(DeadLetterReason.LATE);
    assertThat(letter.getWatermark()).isEqualTo(100);
    assertThat(letter.getPayload()).isEqualTo(ByteBuffer.wrap(late.value()));
    assertThat(letter.getOffset()).isEqualTo(late.offset());
    assertThat(letter.getDetail()).contains("events-0@0", "Send events sooner");
  }

  @Test
  void remembersAcrossARestartWhatWasLate() throws Exception {
    receive(log.event("click", "q", "p", 90));
    join.watermark(100);
    receive(log.event("click", "q", "p", 200));
    join.restore();

    receive(log.event("click", "q", "p", 100));

    assertThat(join.counts(EVENTS)).containsEntry(RecordClass.LATE, 1L);
  }

  @Test
  void keepsOpenWindowsAcrossARestart() throws Exception {
    receive(
        log.decision("q", DECIDED),
        log.event("impression", "q", "", SHOWN),
        log.event("click", "q", "p", 50));
    join.watermark(60);
    join.restore();
    receive(log.event("click", "q", "p2", 70));

    join.watermark(BASE_DUE);

    assertThat(join.tuples()).containsExactly(tuple("q", 0, 2));
  }

  @Test
  void joinsEventsOfOtherModesWithoutRewardingThem() throws Exception {
    receive(
        log.decision("q", DECIDED, DecisionMode.ENGINE_ONLY),
        log.event("impression", "q", "", SHOWN),
        log.event("click", "q", "p", 50));

    join.watermark(FOREVER);

    assertThat(join.emitted()).isEmpty();
    assertThat(join.counts(EVENTS)).containsEntry(RecordClass.JOINED, 2L);
  }

  private static ExpectedTuple tuple(String queryId, int sequence, double reward) {
    return new ExpectedTuple(queryId, queryId + "#1", sequence, reward, 0, true);
  }

  @Test
  void dropsAVisitorTogetherWithTheLastSearchWhenNothingElseIsRemembered() throws Exception {
    long window = 120_000;
    openWithLongWindow(window);
    receive(log.decision("q", DECIDED), log.event("impression", "q", "", SHOWN));

    join.watermark(SHOWN + window - 1);
    assertThat(join.openState()).isEqualTo(2);
    join.watermark(SHOWN + window);
    assertThat(join.openState()).isZero();
  }

  @Test
  void keepsAVisitorWhoIsHeardOfBeforeTheEndAlthoughEventTimeIsYetToGetThere() throws Exception {
    long window = 120_000;
    openWithLongWindow(window);
    receive(log.decision("q", DECIDED), log.event("impression", "q", "", SHOWN));
    join.watermark(SHOWN + window - 1);
    join.restore();

    long next = SHOWN + window + 500;
    receive(log.decision("r", next), log.event("impression", "r", "", next));
    join.watermark(SHOWN + window);
    receive(log.event("click", "r", "p", next + 1));
    join.watermark(next + W1);

    assertThat(join.tuples()).containsExactly(tuple("q", 0, 0), tuple("r", 0, 1));
  }

  @Test
  void correctsAfterALookThatWouldHaveBeenTheLast() throws Exception {
    openWithLongWindow(120_000);
    receive(log.decision("q", DECIDED), log.event("impression", "q", "", SHOWN));
    join.watermark(BASE_DUE);

    receive(log.event("click", "q", "p", 110_000));
    join.watermark(SHOWN + 120_000 - 1);
    join.restore();
    receive(log.event("click", "q", "p2", SHOWN + 120_000));
    join.watermark(FOREVER);

    assertThat(join.tuples()).containsExactly(tuple("q", 0, 0), tuple("q", 1, 1), tuple("q", 2, 1));
  }

  private void openWithLongWindow(long window) throws Exception {
    join.close();
    join =
        new JoinHarness(
            RewardConfig.newBuilder()
                .setShortWindowMs(W1)
                .setLongWindowMs(window)
                .setCapWindowMs(W1)
                .build());
  }

  private void receive(SourceRecord... records) throws Exception {
    for (SourceRecord record : records) {
      join.receive(record);
    }
  }
}

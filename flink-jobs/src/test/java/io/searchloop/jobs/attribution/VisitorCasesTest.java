package io.searchloop.jobs.attribution;

import static io.searchloop.jobs.attribution.OneVisitor.EVENTS;
import static io.searchloop.jobs.attribution.OneVisitor.FOREVER;
import static io.searchloop.jobs.attribution.OneVisitor.PLAIN;
import static io.searchloop.jobs.attribution.OneVisitor.W2;
import static io.searchloop.jobs.attribution.OneVisitor.config;
import static io.searchloop.jobs.attribution.OneVisitor.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.fixtures.Events;
import io.searchloop.jobs.ledger.LedgerMark;
import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.learning.oracle.SourcePartition;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.state.VisitorState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases of {@code DISCUSSION.md} about who the visitor is, each under its name. */
class VisitorCasesTest {
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
  void anErasedVisitor() throws Exception {
    join = visitor.open(PLAIN);
    visitor.shown("q");
    visitor.receive(
        log.event("click", "q", "p", 50),
        log.event("purchase", "", "p", 60, order(1, 1)),
        log.decision("unseen", 70),
        log.event("erase", "", "", 90));
    join.watermark(95);

    assertThat(join.visitors())
        .as("all that is left is that there was somebody")
        .singleElement()
        .satisfies(
            kept -> {
              VisitorState nothing = VisitorStates.fresh();
              VisitorStates.erase(nothing, 90 + W2);
              nothing.setWakeAt(90 + W2);
              nothing.setWakesToEnd(true);
              assertThat(kept).isEqualTo(nothing);
            });

    visitor.receive(
        log.event("purchase", "", "p", 100, order(1, 2)),
        log.event("refund", "", "", 110, order(1, 1)),
        log.event("impression", "unseen", "", 120));
    visitor.receive(log.decision("new", 130), log.event("impression", "new", "", 140));
    visitor.receive(log.event("click", "new", "p", 150));
    join.watermark(FOREVER);

    assertThat(visitor.count(RecordClass.ERASED)).isEqualTo(4);
    assertThat(visitor.count(RecordClass.DANGLING)).isZero();
    assertThat(join.remarks(EVENTS, LedgerMark.SEARCH_ERASED)).isEqualTo(2);
    assertThat(join.emitted()).extracting(RewardTuple::getQueryId).containsOnly("new");
    assertThat(visitor.total("new")).as("whoever comes back is somebody new").isEqualTo(1);
  }

  @Test
  void aVisitorWithAHundredThousandEvents() throws Exception {
    join = visitor.open(PLAIN);
    int searches = 20_000;
    for (int i = 0; i < searches; i++) {
      long time = 10 + i / 40;
      visitor.receive(
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

    assertThat(visitor.count(RecordClass.JOINED)).isEqualTo(4L * searches);
    assertThat(join.emitted().stream().filter(t -> t.getSequence() == 0)).hasSize(searches);
  }

  @Test
  void twoTabs() throws Exception {
    join = visitor.open(PLAIN);
    visitor.receive(
        log.decision("left", 10),
        log.decision("right", 11),
        log.event("impression", "left", "", 20),
        log.event("impression", "right", "", 21),
        log.event("click", "right", "p", 30),
        log.event("click", "left", "p2", 31),
        log.event("click", "right", "p3", 32));

    join.watermark(FOREVER);

    assertThat(visitor.total("left")).isEqualTo(1);
    assertThat(visitor.total("right")).isEqualTo(2);
  }

  @Test
  void aSessionOverMidnight() throws Exception {
    long midnight = Instant.parse("2026-03-29T00:00:00Z").toEpochMilli();
    long day = Duration.ofDays(1).toMillis();
    join = visitor.open(config(0, c -> c.setVisitorCap(11).setCapWindowMs(day)));
    visitor.receive(
        log.decision("q", midnight - 60),
        log.event("impression", "q", "", midnight - 50),
        log.event("click", "q", "p", midnight - 40),
        log.event("purchase", "", "p", midnight - 1, order(1, 1)),
        log.event("purchase", "", "p", midnight, order(2, 1)));

    join.watermark(FOREVER);

    // Windows do not end at midnight; the visitor's cap begins anew.
    assertThat(visitor.total("q")).isEqualTo(1 + 10 + 10);
  }

  @Test
  void aRobotIsQuarantinedAndWhatItEarnedTakenBack() throws Exception {
    join = visitor.open(config(0, c -> c.setMinDwellMs(5).setDwellClicks(3).setQuarantineMs(500)));
    visitor.shown("q");
    visitor.shown("q2");
    visitor.receive(log.event("click", "q", "p", 30));
    join.watermark(200);
    visitor.receive(
        log.event("click", "q", "p1", 210),
        log.event("click", "q", "p2", 212),
        log.event("click", "q", "p3", 214),
        log.event("click", "q", "p4", 714),
        log.decision("q3", 714),
        log.decision("q4", 715));

    join.watermark(FOREVER);

    assertThat(join.emitted().get(join.emitted().size() - 1).getSignal()).isEqualTo("quarantine");
    assertThat(visitor.total("q")).isZero();
    assertThat(visitor.count(RecordClass.QUARANTINED)).isEqualTo(2);
    assertThat(join.counts(new SourcePartition("decisions", 0)))
        .isEqualTo(Map.of(RecordClass.JOINED, 3L, RecordClass.QUARANTINED, 1L));
    assertThat(join.remarks(EVENTS, LedgerMark.VERDICT)).isEqualTo(1);
  }

  @Test
  void aVisitorWhoActsTooOftenOrClicksEverything() throws Exception {
    join =
        visitor.open(
            config(0, c -> c.setMaxEventsPerMinute(4).setClickAllProducts(2).setQuarantineMs(1)));
    visitor.shown("q");
    visitor.receive(log.event("click", "q", "p", 30), log.event("click", "q", "p", 31));
    join.watermark(40);
    assertThat(join.remarks(EVENTS, LedgerMark.VERDICT)).isZero();
    visitor.receive(
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
    join = visitor.open(config(0, c -> c.setVisitorCap(2).setVisitorMaxSearches(1)));
    visitor.shown("a");
    visitor.receive(log.decision("b", 11), log.event("impression", "b", "", 21));
    for (int i = 0; i < 3; i++) {
      visitor.receive(log.event("click", "a", "p" + i, 30 + i));
    }

    join.watermark(FOREVER);

    assertThat(visitor.total("a")).isEqualTo(2);
    assertThat(join.emitted())
        .extracting(t -> t.getQueryId() + " " + t.getTrainable())
        .containsExactlyInAnyOrder("a true", "b false");
    assertThat(join.remarks(EVENTS, LedgerMark.CAPPED)).isEqualTo(1);
    assertThat(join.remarks(EVENTS, LedgerMark.WITHHELD_FROM_TRAINING)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "100, 1"})
  void nobodyIsKeptForACapThatIsNotSet(double cap, int kept) throws Exception {
    long day = Duration.ofDays(1).toMillis();
    join = visitor.open(config(0, c -> c.setVisitorCap(cap).setCapWindowMs(day)));
    visitor.shown("a");
    visitor.receive(log.event("click", "a", "p", 30));

    join.watermark(day / 2);

    assertThat(visitor.total("a")).isEqualTo(1);
    assertThat(join.visitors()).hasSize(kept);
  }
}

package io.searchloop.learning.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.SearchEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BatchOracleTest {
  private static final SourcePartition DECISIONS = new SourcePartition("decisions", 0);
  private static final SourcePartition EVENTS = new SourcePartition("events", 0);
  private static final long W1 = 100;
  private static final long W2 = 1000;

  private final List<Located<Decision>> decisions = new ArrayList<>();
  private final List<Located<SearchEvent>> events = new ArrayList<>();
  private final Set<SourcePosition> late = new HashSet<>();

  @Test
  void expectsZeroRewardWhenTheWindowClosesWithoutInteractions() {
    decision("q", 10);
    event("impression", "q", 20);

    assertThat(at(20 + W1).tuples()).containsExactly(new ExpectedTuple("q#0", 0, 0));
    assertThat(at(19 + W1).tuples()).isEmpty();
  }

  @Test
  void expectsOutcomesOfTheClosingInstantInTheBaseTupleAndLaterOnesAsCorrections() {
    decision("q", 10);
    event("impression", "q", 20);
    event("click", "q", 20 + W1, e -> e.setObjectId("p"));
    event("add_to_cart", "", 21 + W1, e -> e.setObjectId("p"));
    event("purchase", "", 22 + W1, e -> e.setObjectId("p").setOrderId("o").setOrderLine(1));
    event("refund", "", 20 + W2, e -> e.setOrderId("o").setOrderLine(1));

    assertThat(at(20 + W2).tuples())
        .containsExactly(
            new ExpectedTuple("q#0", 0, 1),
            new ExpectedTuple("q#0", 1, 3),
            new ExpectedTuple("q#0", 2, 10),
            new ExpectedTuple("q#0", 3, -10));
  }

  @Test
  void leavesOutcomesAfterTheLongWindowDangling() {
    decision("q", 10);
    event("impression", "q", 20);
    event("click", "q", 21 + W2, e -> e.setObjectId("p"));
    event("purchase", "q", 21 + W2, e -> e.setObjectId("p").setOrderId("o"));

    OracleReport report = at(Long.MAX_VALUE);

    assertThat(report.tuples()).containsExactly(new ExpectedTuple("q#0", 0, 0));
    assertThat(report.counts().get(EVENTS).count(RecordClass.DANGLING)).isEqualTo(2);
  }

  @Test
  void countsARepeatedEventOnce() {
    decision("q", 10);
    decision("q", 11);
    event("impression", "q", 20);
    event("click", "q", 30, e -> e.setObjectId("p").setEventId("c"));
    event("click", "q", 30, e -> e.setObjectId("p").setEventId("c"));

    OracleReport report = at(Long.MAX_VALUE);

    assertThat(report.tuples()).containsExactly(new ExpectedTuple("q#0", 0, 1));
    assertThat(report.counts().get(EVENTS).count(RecordClass.DUPLICATE)).isEqualTo(1);
    assertThat(report.counts().get(DECISIONS).count(RecordClass.DUPLICATE)).isEqualTo(1);
  }

  @Test
  void laysCartsToTheLastSearchThatTouchedTheProduct() {
    decision("a", 1);
    decision("b", 2);
    event("impression", "a", 3);
    event("impression", "b", 4);
    event("click", "b", 5, e -> e.setObjectId("p"));
    event("click", "a", 6, e -> e.setObjectId("p"));
    event("add_to_cart", "", 7, e -> e.setObjectId("p"));

    assertThat(at(Long.MAX_VALUE).tuples())
        .containsExactly(new ExpectedTuple("a#0", 0, 4), new ExpectedTuple("b#0", 0, 1));
  }

  @Test
  void balancesEveryPartitionWithLateAndPendingRecords() {
    decision("q", 10);
    event("impression", "q", 20);
    event("click", "q", 30, e -> e.setObjectId("p"));
    event("click", "q", 300, e -> e.setObjectId("p2"));
    late.add(events.get(1).position());

    ClassCounts counts = at(200).counts().get(EVENTS);

    assertThat(counts.balanced()).isTrue();
    assertThat(counts.byClass())
        .isEqualTo(Map.of(RecordClass.JOINED, 1L, RecordClass.LATE, 1L, RecordClass.PENDING, 1L));
  }

  @Test
  void refusesWindowsInTheWrongOrder() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchOracle(RewardConfig.newBuilder().setLongWindowMs(1).build()))
        .withMessageContaining("exceeds long window 1 ms");
  }

  private OracleReport at(long watermark) {
    RewardConfig config =
        RewardConfig.newBuilder().setShortWindowMs(W1).setLongWindowMs(W2).build();
    Map<SourcePartition, Long> next =
        Map.of(DECISIONS, (long) decisions.size(), EVENTS, (long) events.size());
    return new BatchOracle(config)
        .expect(new EventLog(decisions, events, Set.of(), late, next, watermark));
  }

  private void decision(String queryId, long time) {
    Candidate candidate = Candidate.newBuilder().setRolloutId(queryId + "#0").build();
    decisions.add(
        new Located<>(
            new SourcePosition("decisions", 0, decisions.size()),
            Decision.newBuilder()
                .setQueryId(queryId)
                .setClientId("v")
                .setTimestamp(Instant.ofEpochMilli(time))
                .setMode(DecisionMode.ASSIGNED)
                .setCandidates(List.of(candidate))
                .setServed(List.of(0))
                .build()));
  }

  private void event(String action, String queryId, long time) {
    event(action, queryId, time, UnaryOperator.identity());
  }

  private void event(
      String action, String queryId, long time, UnaryOperator<SearchEvent.Builder> details) {
    SearchEvent.Builder event =
        SearchEvent.newBuilder()
            .setEventId("e" + events.size())
            .setQueryId(queryId)
            .setClientId("v")
            .setActionName(action)
            .setTimestamp(Instant.ofEpochMilli(time));
    events.add(
        new Located<>(
            new SourcePosition("events", 0, events.size()), details.apply(event).build()));
  }
}

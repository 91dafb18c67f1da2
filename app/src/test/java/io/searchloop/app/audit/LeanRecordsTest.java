package io.searchloop.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.learning.event.EventIdentity;
import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.schemas.VisitorKey;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeanRecordsTest {
  private static final Decision DECISION =
      Decision.newBuilder()
          .setQueryId("q")
          .setSessionId("s")
          .setQuery("running shoes")
          .setTimestamp(Instant.ofEpochMilli(5))
          .setMode(DecisionMode.MULTILEAVED)
          .setPromptTokens(Packed.ints(1, 2, 3))
          .setPage(List.of("p"))
          .setQueryRanks(Packed.ints(4))
          .setExamination(Packed.floats(1))
          .setExposure(Packed.floats(.5f))
          .setServed(List.of(0))
          .setCandidates(
              List.of(
                  Candidate.newBuilder()
                      .setRolloutId("q#0")
                      .setRewrite("running shoe")
                      .setTokenIds(Packed.ints(7))
                      .setLogProbs(Packed.floats(-1))
                      .setRanks(Packed.ints(2))
                      .setTrainable(true)
                      .build()))
          .build();

  private final LeanRecords lean = new LeanRecords();

  @Test
  void keepsWhatADecisionIsAttributedBy() {
    Decision kept = lean.decision(DECISION);

    assertThat(VisitorKey.of(kept)).contains("s");
    assertThat(kept)
        .usingRecursiveComparison()
        .comparingOnlyFields(
            "query_id",
            "timestamp",
            "mode",
            "served",
            "page",
            "query_ranks",
            "examination",
            "exposure")
        .isEqualTo(DECISION);
    assertThat(kept.getCandidates())
        .containsExactly(
            Candidate.newBuilder()
                .setRolloutId("q#0")
                .setRanks(Packed.ints(2))
                .setTrainable(true)
                .build());
    assertThat(kept.getPromptTokens().hasRemaining()).isFalse();
  }

  @Test
  void keepsWhatAnEventIsAttributedBy() {
    SearchEvent event =
        SearchEvent.newBuilder()
            .setEventId("e")
            .setQueryId("q")
            .setClientId("c")
            .setActionName("purchase")
            .setTimestamp(Instant.ofEpochMilli(5))
            .setObjectId("p")
            .setPositionOrdinal(3)
            .setOrderId("o")
            .setOrderLine(1)
            .setQuantity(2)
            .setMinorUnits(995)
            .setView("sorted")
            .build();

    assertThat(lean.event(SearchEvent.newBuilder(event).setUserQuery("shoes").build()))
        .isEqualTo(event);
  }

  @Test
  void givesAnEventWithoutIdTheIdentityOfItsWholeContent() {
    SearchEvent one =
        SearchEvent.newBuilder().setSessionId("s").setPage(List.of("p1", "p2")).build();
    SearchEvent other = SearchEvent.newBuilder(one).setPage(List.of("p2", "p1")).build();

    assertThat(EventIdentity.of(lean.event(one))).isEqualTo(EventIdentity.of(one));
    assertThat(EventIdentity.of(lean.event(other))).isNotEqualTo(EventIdentity.of(one));
  }

  @Test
  void keepsEachTextOnce() {
    Decision one = lean.decision(DECISION);
    Decision other =
        lean.decision(Decision.newBuilder(DECISION).setPage(List.of("xp".substring(1))).build());

    assertThat(other.getPage().get(0)).isSameAs(one.getPage().get(0));
  }
}

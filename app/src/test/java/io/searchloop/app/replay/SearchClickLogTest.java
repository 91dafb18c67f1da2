package io.searchloop.app.replay;

import static io.searchloop.app.replay.PastDirectory.click;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.dataset.PastEvents;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.SearchEvent;
import io.searchloop.search.engine.Bm25;
import io.searchloop.search.engine.LuceneSearchEngine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchClickLogTest {
  private static final List<String> LINES =
      List.of(
          click(1, "ann", "Red mug", "10:00:00.5", "m", "10:00:30"),
          click(2, "bob", "lamp", "10:00:00", "m", "10:00:40"),
          click(3, "ann", "Red mug", "10:00:00.5", "gone", "10:01:00.25"),
          click(4, "", "lamp", "10:00:00", "l", "10:02:00"),
          click(5, "ann", "Red mug", "10:05:00", "m", "10:06:00"));

  @TempDir Path directory;

  @Test
  void reconstructsOneSearchForTheClicksOfOneUserQueryAndTime() {
    RecordingOutlet sent = new RecordingOutlet();
    Map<String, Long> lines = replay(sent, false, Long.MAX_VALUE);

    assertThat(lines)
        .isEqualTo(
            Map.of(
                "lines", 5L,
                "searches", 3L,
                "clicks_on_the_page", 2L,
                "clicks_beyond_the_page", 1L,
                "clicks_outside_the_catalogue", 1L,
                "unusable_lines", 1L));
    assertThat(sent.times).isSorted().hasSize(3 + 3 + 4);
    assertThat(sent.events("click"))
        .extracting(SearchEvent::getPositionOrdinal)
        .containsExactly(1, 0, 0, 1);
    assertThat(sent.events("click"))
        .extracting(SearchEvent::getQueryId)
        .containsExactly(
            directory.getFileName() + "/1",
            directory.getFileName() + "/2",
            directory.getFileName() + "/1",
            directory.getFileName() + "/5");
  }

  @Test
  void searchesAsTypedAndSaysThatItIsAReconstruction() {
    RecordingOutlet sent = new RecordingOutlet();
    replay(sent, false, 1);

    Decision decision = sent.decisions.get(0);
    assertThat(decision.getMode()).isEqualTo(DecisionMode.HOLDOUT);
    assertThat(decision.getArm()).isEqualTo("reconstructed-identity");
    assertThat(decision.getTimestamp()).isEqualTo(Instant.parse("2011-08-11T10:00:00.5Z"));
    assertThat(decision.getPage()).containsExactly("m");
    assertThat(decision.getGroupKey()).startsWith("red mug|");
    assertThat(decision.getCandidates().get(0).getTrainable()).isFalse();
    assertThat(sent.events("impression").get(0).getTimestamp())
        .isEqualTo(Instant.parse("2011-08-11T10:00:00.501Z"));
  }

  @Test
  void takesThePageForARolloutOnlyWhenAsked() {
    RecordingOutlet sent = new RecordingOutlet();
    replay(sent, true, 1);

    Decision decision = sent.decisions.get(0);
    assertThat(decision.getArm()).isEqualTo("reconstructed-rollout");
    assertThat(decision.getPolicyVersion()).isEqualTo(-1);
    assertThat(decision.getCandidates().get(0).getTrainable()).isTrue();
    assertThat(Packed.ints(decision.getCandidates().get(0).getTokenIds()))
        .containsExactly('R', 'e', 'd', ' ', 'm', 'u', 'g');
    assertThat(Packed.floats(decision.getCandidates().get(0).getLogProbs()))
        .containsOnly(0f)
        .hasSize(7);
  }

  private Map<String, Long> replay(RecordingOutlet sent, boolean asRollouts, long limit) {
    PastEvents log = PastEvents.in(PastDirectory.write(directory, LINES));
    SearchClickLog shop = new SearchClickLog();
    try (LuceneSearchEngine engine =
        LuceneSearchEngine.index(log.products().values(), 1, Bm25.DEFAULT)) {
      return shop.replay(
          log,
          limit,
          new ReconstructedSearches(engine, 10, asRollouts),
          new EventTimeOrder(sent, shop.horizon()));
    }
  }
}

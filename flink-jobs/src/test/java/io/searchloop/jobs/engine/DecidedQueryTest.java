package io.searchloop.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.WeightedText;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecidedQueryTest {
  private static final Decision UNLOGGED =
      EngineDecisions.decision("q", 1_000, DecisionMode.ENGINE_ONLY, "drill");

  @Test
  void aDecisionFromBeforeItsSearchWasLoggedIsSearchedAsItsWorkerDid() {
    assertThat(DecidedQuery.unreadable(UNLOGGED)).isEmpty();
    assertThat(DecidedQuery.of(UNLOGGED, Combination.UNION).with(List.of("drill")).additions())
        .containsExactly(new WeightedText("drill", .7));
    assertThat(DecidedQuery.of(UNLOGGED, Combination.REPLACE).with(List.of("drill")))
        .isEqualTo(
            new SearchQuery(
                EngineDecisions.QUERY, List.of(new WeightedText("drill", 1)), Combination.REPLACE));
  }

  @Test
  void aReplaceNeedsNoWeights() {
    Decision weightless = Decision.newBuilder(UNLOGGED).setCombination("REPLACE").build();

    assertThat(DecidedQuery.unreadable(weightless)).isEmpty();
    assertThat(DecidedQuery.of(weightless, Combination.UNION).with(List.of("drill")))
        .isEqualTo(DecidedQuery.of(UNLOGGED, Combination.REPLACE).with(List.of("drill")));
  }
}

package io.searchloop.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.app.evaluation.Strategy;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.QueryForm;
import io.searchloop.search.merging.FusionWeights;
import io.searchloop.search.query.SearchRule;
import io.searchloop.search.query.ServedSearch;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyJudgeTest {
  private static final String QUERY = "red sofa";
  private static final String REWRITE = "crimson couch";

  private static ServedSearch search(Combination combination) {
    return new SearchRule(combination, true, new FusionWeights(.2, .9, .5)).withoutCatalogue();
  }

  private static List<QueryForm> forms(Combination combination) {
    return PolicyJudge.of("last-version", search(combination), query -> Optional.of(REWRITE))
        .stream()
        .map(strategy -> strategy.choose().apply(QUERY).form())
        .toList();
  }

  @Test
  void judgesAPolicyWithTheWeightsThatWorkersServeItBy() {
    assertThat(forms(Combination.UNION))
        .hasSize(2)
        .first()
        .isEqualTo(search(Combination.UNION).of(QUERY).with(List.of(REWRITE)));
    assertThat(
            PolicyJudge.of(
                "last-version", search(Combination.UNION), query -> Optional.of(REWRITE)))
        .extracting(Strategy::mode)
        .containsExactly(Combination.UNION, Combination.REPLACE);
  }

  @Test
  void aShopThatReplacesTheQueryIsJudgedSoOnce() {
    assertThat(forms(Combination.REPLACE))
        .containsExactly(search(Combination.REPLACE).of(QUERY).with(List.of(REWRITE)));
  }
}

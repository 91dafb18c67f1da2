package io.searchloop.app.relevance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.dataset.Dataset;
import io.searchloop.app.dataset.GeneratedMarketplace;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.app.dataset.MarketplaceConfig;
import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.search.evaluation.Interval;
import io.searchloop.search.relevance.RelevanceModel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgeAgreementTest {
  private static final List<JudgedQuery> QUERIES =
      List.of(
          new JudgedQuery("1", "first", 1, Map.of("a", 3.0, "b", 0.0, "c", 2.0)),
          new JudgedQuery("2", "second", 1, Map.of("a", 0.0, "b", 3.0)));

  /** Grades from zero, relevant from two. */
  private final Dataset dataset =
      GeneratedMarketplace.generate(ConfigBinder.defaults(MarketplaceConfig.class));

  @Test
  void countsPairsInTheRightOrder() {
    // First: a .9 and c .4 relevant, b .5 not: one pair of two. Second: b .5 above a .1.
    Map<String, Map<String, Double>> scores =
        Map.of("first", Map.of("a", .9, "b", .5, "c", .4), "second", Map.of("a", .1, "b", .5));
    RelevanceModel model =
        (query, ids) ->
            ids.stream()
                .mapToDouble(id -> scores.getOrDefault(query, Map.of()).getOrDefault(id, 0.0))
                .toArray();

    JudgeAgreement found = JudgeAgreement.of(model, dataset, QUERIES, 1);

    assertThat(found.withinQuery().mean()).isCloseTo(.75, within(1e-12));
    // Relevant .9 .4 .5 against .5 .1: 2 + 1 + 1.5 of six pairs.
    assertThat(found.overall().mean()).isCloseTo(.75, within(1e-12));
    assertThat(found.judgments()).isEqualTo(5);
  }

  @Test
  void seesChanceInAModelThatSaysTheSameOfAll() {
    JudgeAgreement found =
        JudgeAgreement.of((query, ids) -> new double[ids.size()], dataset, QUERIES, 1);

    assertThat(found.overall().mean()).isEqualTo(.5);
    assertThat(found.overall().low()).isEqualTo(.5);
    assertThat(found.withinQuery().mean()).isEqualTo(.5);
  }

  @Test
  void leavesOutResamplesWithoutBothKinds() {
    List<JudgedQuery> oneSided =
        List.of(QUERIES.get(0), new JudgedQuery("3", "third", 1, Map.of("a", 3.0)));

    JudgeAgreement found =
        JudgeAgreement.of((query, ids) -> new double[ids.size()], dataset, oneSided, 1);

    assertThat(found.overall()).isEqualTo(new Interval(.5, .5, .5));
  }

  @Test
  void refusesQueriesThatTellNothingApart() {
    List<JudgedQuery> alike = List.of(new JudgedQuery("3", "third", 1, Map.of("a", 3.0)));

    assertThatThrownBy(
            () -> JudgeAgreement.of((query, ids) -> new double[ids.size()], dataset, alike, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("None of 1 queries");
  }
}

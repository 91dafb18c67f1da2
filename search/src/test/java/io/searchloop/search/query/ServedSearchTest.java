package io.searchloop.search.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.search.arms.SpellingArm;
import io.searchloop.search.engine.Catalogues;
import io.searchloop.search.engine.Combination;
import io.searchloop.search.engine.LuceneSearchEngine;
import io.searchloop.search.engine.SearchQuery;
import io.searchloop.search.engine.WeightedText;
import io.searchloop.search.merging.FusionWeights;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServedSearchTest {
  private static final FusionWeights WEIGHTS = new FusionWeights(.7, .35, .2);

  private final LuceneSearchEngine engine =
      Catalogues.ofTitles("leather sofa", "leather couch", "garden hose");

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void unionSearchesTypedCorrectedAndRewrittenTextAtOnce() {
    ServedQuery query = search(Combination.UNION, true).of("lether sofa");

    assertThat(query.with(List.of("leather couch")))
        .isEqualTo(
            new SearchQuery(
                "lether sofa",
                List.of(
                    new WeightedText("leather couch", .35), new WeightedText("leather sofa", .7)),
                Combination.UNION));
    assertThat(engine.search(query.with(List.of("leather couch")), 10).productIds()).hasSize(2);
  }

  @Test
  void withoutARewriteTheCorrectionStays() {
    ServedQuery query = search(Combination.UNION, true).of("lether sofa");

    assertThat(query.unrewritten().additions())
        .containsExactly(new WeightedText("leather sofa", .7));
    assertThat(engine.search(query.with(List.of("leather sofa")), 10))
        .as("a rewrite that only repeats the correction")
        .isEqualTo(engine.search(query.unrewritten(), 10));
  }

  @Test
  void aCorrectionThatChangesNothingIsNoPartAndWouldChangeNoScore() {
    for (String typed : List.of("leather sofa", "sofa sofa", "the", "")) {
      ServedQuery query = search(Combination.UNION, true).of(typed);
      WeightedText rewrite = new WeightedText("leather couch", .35);

      assertThat(query.unrewritten()).isEqualTo(SearchQuery.identity(typed));
      assertThat(query.with(List.of("leather couch")).additions()).containsExactly(rewrite);
      SearchQuery withCorrection =
          new SearchQuery(typed, List.of(rewrite, new WeightedText(typed, .7)), Combination.UNION);
      assertThat(engine.search(query.with(List.of("leather couch")), 10))
          .isEqualTo(engine.search(withCorrection, 10));
    }
  }

  @Test
  void asksWhatEvaluationAsks() {
    FusedSearch judged =
        new FusedSearch(new SpellingArm(engine.vocabulary()), FusionWeights.DEFAULT);

    for (String typed : List.of("lether sofa", "hose", "")) {
      ServedQuery served = SearchRule.DEFAULT.over(engine.vocabulary()).of(typed);
      assertThat(served.with(List.of("couch"))).isEqualTo(judged.of(typed).with(List.of("couch")));
      assertThat(served.unrewritten()).isEqualTo(judged.of(typed).with(List.of()));
    }
  }

  @Test
  void replacingSearchesTheRewriteAloneAndCorrectsNothing() {
    ServedQuery query = search(Combination.REPLACE, true).of("lether sofa");

    assertThat(query.fused().corrected()).isEqualTo("lether sofa");
    assertThat(query.unrewritten()).isEqualTo(SearchQuery.identity("lether sofa"));
    assertThat(query.with(List.of("couch", "hose")).additions())
        .containsExactly(new WeightedText("couch", 1), new WeightedText("hose", 1));
  }

  @Test
  void correctsNothingWhenToldSoOrWithoutACatalogue() {
    ServedQuery off = search(Combination.UNION, false).of("lether sofa");
    ServedQuery blind = SearchRule.DEFAULT.withoutCatalogue().of("lether sofa");

    assertThat(off).isEqualTo(blind);
    assertThat(engine.search(off.unrewritten(), 10))
        .isEqualTo(engine.search(SearchQuery.identity("lether sofa"), 10));
  }

  private ServedSearch search(Combination combination, boolean spelling) {
    return new SearchRule(combination, spelling, WEIGHTS).over(engine.vocabulary());
  }
}

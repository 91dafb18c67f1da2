package io.searchloop.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.trainer.warmstart.WarmStartText;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrainingTextTest {
  private final Dataset dataset =
      GeneratedMarketplace.generate(ConfigBinder.defaults(MarketplaceConfig.class));
  private final WarmStartText text = TrainingText.of(dataset);

  @Test
  void holdsNothingTypedInTestQueries() {
    Set<String> test =
        dataset.queries(Split.TEST).stream().map(JudgedQuery::text).collect(Collectors.toSet());

    assertThat(test).isNotEmpty();
    assertThat(text.queries()).hasSize(250 - test.size()).doesNotContainAnyElementsOf(test);
    assertThat(text.coClicks()).isNotEmpty().noneMatch(pair -> test.contains(pair.source()));
  }

  @Test
  void holdsCategoriesBrandsAndTitlePhrases() {
    assertThat(text.phrases())
        .contains("living room seating", "norvik", "sofa", "velvet sofa", "running shoes");
    assertThat(text.phrases()).doesNotHaveDuplicates();
  }

  @Test
  void holdsCorrectionsOfTrainQueriesThatLeadToNoTestQuery() {
    Set<String> test =
        dataset.queries(Split.TEST).stream().map(JudgedQuery::text).collect(Collectors.toSet());
    long expected =
        dataset.corrections().entrySet().stream()
            .filter(entry -> Split.of(entry.getKey()) == Split.TRAIN)
            .filter(entry -> !test.contains(entry.getValue()))
            .count();

    assertThat(expected).isPositive().isLessThan(dataset.corrections().size());
    assertThat(text.corrections()).hasSize((int) expected);
  }

  @Test
  void joinsJudgedTrainQueriesThatShareEnoughProducts() {
    WarmStartText judged = TrainingText.ofJudged(dataset, 3);

    assertThat(judged.coClicks())
        .isNotEmpty()
        .allMatch(pair -> pair.weight() >= 3)
        .allMatch(
            pair ->
                Split.of(pair.source()) == Split.TRAIN && Split.of(pair.target()) == Split.TRAIN);
    assertThat(TrainingText.ofJudged(dataset, 1).coClicks().size())
        .isGreaterThan(judged.coClicks().size());
    assertThat(judged.queries()).isEqualTo(text.queries());
  }
}

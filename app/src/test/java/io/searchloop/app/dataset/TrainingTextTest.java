package io.searchloop.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.config.ConfigBinder;
import io.searchloop.trainer.warmstart.WarmStartText;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrainingTextTest {
  private final Dataset dataset =
      GeneratedMarketplace.generate(ConfigBinder.defaults(MarketplaceConfig.class));
  private final WarmStartText text = TrainingText.of(dataset);

  @Test
  void holdsNothingTypedInHeldOutQueries() {
    Set<String> heldOut = heldOut();

    assertThat(heldOut).isNotEmpty();
    assertThat(text.queries()).hasSize(250 - heldOut.size()).doesNotContainAnyElementsOf(heldOut);
    assertThat(text.coClicks())
        .isNotEmpty()
        .noneMatch(pair -> heldOut.contains(pair.source()) || heldOut.contains(pair.target()));
  }

  @Test
  void holdsCategoriesBrandsAndTitlePhrases() {
    assertThat(text.phrases())
        .contains("living room seating", "norvik", "sofa", "velvet sofa", "running shoes");
    assertThat(text.phrases()).doesNotHaveDuplicates();
  }

  @Test
  void holdsCorrectionsOfTrainQueriesThatLeadToNoHeldOutQuery() {
    Set<String> heldOut = heldOut();

    assertThat(text.corrections())
        .isNotEmpty()
        .hasSizeLessThan(dataset.corrections().size())
        .allMatch(pair -> dataset.split().of(pair.source()) == Split.TRAIN)
        .noneMatch(pair -> heldOut.contains(pair.target()));
  }

  @Test
  void joinsJudgedTrainQueriesThatShareEnoughProducts() {
    WarmStartText judged = TrainingText.ofJudged(dataset, 3);

    assertThat(judged.coClicks())
        .isNotEmpty()
        .allMatch(pair -> pair.weight() >= 3)
        .allMatch(
            pair ->
                dataset.split().of(pair.source()) == Split.TRAIN
                    && dataset.split().of(pair.target()) == Split.TRAIN);
    assertThat(TrainingText.ofJudged(dataset, 1).coClicks().size())
        .isGreaterThan(judged.coClicks().size());
    assertThat(judged.queries()).isEqualTo(text.queries());
  }

  private Set<String> heldOut() {
    return Stream.of(Split.DEV, Split.TEST)
        .flatMap(side -> dataset.queries(side).stream())
        .map(JudgedQuery::text)
        .collect(Collectors.toSet());
  }
}

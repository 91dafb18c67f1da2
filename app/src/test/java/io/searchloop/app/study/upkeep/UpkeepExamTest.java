package io.searchloop.app.study.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.app.dataset.GradeScale;
import io.searchloop.app.dataset.JudgedQuery;
import io.searchloop.search.evaluation.Interval;
import io.searchloop.search.relevance.RelevanceModel;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** One query: a policy shows "c", which nobody judged, where the warm start shows "b". */
class UpkeepExamTest {
  private static final List<JudgedQuery> QUERIES =
      List.of(new JudgedQuery("1", "paint", 1, Map.of("a", 3.0, "b", 0.0, "d", 1.5)));
  private static final List<List<String>> WARM_START = List.of(List.of("a", "b", "d"));
  private static final List<List<String>> POLICY = List.of(List.of("c", "a", "d"));

  /** Right about the warm start's page, taken in by "c". */
  private final RelevanceModel frozen = says(Map.of("a", .8, "b", .1, "c", .9, "d", .4));

  private final RelevanceModel refreshed = says(Map.of("a", .8, "b", .1, "c", .1, "d", .4));

  private final UpkeepExam exam =
      new UpkeepExam(QUERIES, new SimulatedLabels(GradeScale.FROM_ZERO, 0, 1), frozen, WARM_START);

  @Test
  void measuresHowFarAModelFellAndWhetherAnotherDidNot() {
    AgreementFigures found = all(exam.after(1, POLICY, refreshed, frozen));

    assertThat(found.products()).isEqualTo(3);
    assertThat(found.relevant()).isEqualTo(1);
    assertThat(found.frozen().mean()).isEqualTo(.5);
    assertThat(found.fallen().mean()).isEqualTo(-.5);
    assertThat(found.refreshed().mean()).isEqualTo(1);
    assertThat(found.restored().mean()).isEqualTo(.5);
    // Frozen: .9 for 0, .8 for 1, .4 for .5. Refreshed: .1 for 0 and the same.
    assertThat(found.frozenError().mean()).isCloseTo(1.2 / 3, within(1e-12));
    assertThat(found.mended().mean()).isCloseTo(-.8 / 3, within(1e-12));
  }

  @Test
  void tellsWhatWasWonFromTheModelAlone() {
    StageFigures found = exam.after(1, POLICY, refreshed, frozen);

    RewardFigures all = Objects.requireNonNull(found.rewards().get(ProductKind.ALL));
    assertThat(all.claimedGain().mean()).isCloseTo((.9 - .1) / 3, within(1e-12));
    assertThat(all.realGain().mean()).as("neither b nor c fits").isZero();
    assertThat(all.hacked().mean()).isCloseTo(.8 / 3, within(1e-12));
    RewardFigures judged = Objects.requireNonNull(found.rewards().get(ProductKind.JUDGED));
    assertThat(judged.claimed()).as("without c").isCloseTo(.6, within(1e-12));
    assertThat(found.moved()).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void atTheStartNothingIsNewAndNothingHasMoved() {
    StageFigures start = exam.start();

    assertThat(start.moved()).isZero();
    assertThat(all(start).fallen()).isEqualTo(new Interval(0, 0, 0));
    assertThat(all(start).restored()).isEqualTo(new Interval(0, 0, 0));
    assertThat(start.agreement()).containsOnlyKeys(ProductKind.ALL, ProductKind.JUDGED);
  }

  private static AgreementFigures all(StageFigures figures) {
    return Objects.requireNonNull(figures.agreement().get(ProductKind.ALL));
  }

  private static RelevanceModel says(Map<String, Double> scores) {
    return (query, products) ->
        products.stream().mapToDouble(id -> scores.getOrDefault(id, 0.0)).toArray();
  }
}

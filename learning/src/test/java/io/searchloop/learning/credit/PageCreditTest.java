package io.searchloop.learning.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Packed;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageCreditTest {
  private static final double FLOAT = 1e-6;

  @Test
  void paysEveryListThatHoldsTheProductByItsOwnRank() {
    PageCredit credit = PageCredit.of(page().build());

    assertThat(credit.candidates()).isEqualTo(2);
    assertThat(credit.weight(0, "lamp")).isCloseTo(1 / .75, within(FLOAT));
    assertThat(credit.weight(1, "lamp")).isCloseTo(.5 / .75, within(FLOAT));
  }

  @Test
  void paysNothingForProductsThatTheListOrThePageLacks() {
    PageCredit credit = PageCredit.of(page().build());

    assertThat(credit.weight(1, "bulb")).isZero();
    assertThat(credit.listed(1, "bulb")).isFalse();
    assertThat(credit.listed(0, "bulb")).isTrue();
    assertThat(credit.weight(0, "door")).isZero();
    assertThat(credit.listed(0, "door")).isFalse();
  }

  @Test
  void ranksBeyondTheCurveTakeItsLastValue() {
    PageCredit credit = PageCredit.of(page().setExamination(Packed.floats(.5f)).build());

    assertThat(credit.weight(0, "bulb")).isCloseTo(.5 / .25, within(FLOAT));
  }

  @Test
  void repeatedProductCountsAtItsFirstPlace() {
    PageCredit credit = PageCredit.of(page().setPage(List.of("lamp", "lamp")).build());

    assertThat(credit.weight(0, "lamp")).isCloseTo(1 / .75, within(FLOAT));
  }

  @Test
  void pageThatFoundNothingIsSound() {
    Decision empty =
        page()
            .setPage(List.of())
            .setExposure(Packed.floats())
            .setCandidates(List.of(candidate("q#0")))
            .build();

    assertThat(PageCredit.invalid(empty)).isEmpty();
    assertThat(PageCredit.of(empty).weight(0, "lamp")).isZero();
  }

  @Test
  void refusesModesWithoutAPage() {
    refuses(page -> page.setMode(DecisionMode.ASSIGNED), "mode is ASSIGNED");
  }

  @Test
  void refusesRolloutsThatCannotBeToldApart() {
    refuses(page -> page.setCandidates(List.of()), "no candidates");
    refuses(page -> page.setCandidates(List.of(candidate("", 1, 2))), "candidate 0 is ''");
    refuses(
        page -> page.setCandidates(List.of(candidate("a", 1, 2), candidate("a", 1, 2))),
        "candidate 1 is 'a'");
  }

  @Test
  void refusesLengthsThatDifferFromThePage() {
    refuses(page -> page.setCandidates(List.of(candidate("a", 1))), "ranks of candidate 0 has 4");
    refuses(page -> page.setExposure(Packed.floats(1)), "exposure has 4 bytes");
    refuses(page -> page.setPage(List.of("lamp")), "1 products of the page");
  }

  @Test
  void refusesNegativeRanks() {
    refuses(page -> page.setCandidates(List.of(candidate("a", 1, -2))), "hold -2");
  }

  @Test
  void refusesAMissingCurve() {
    refuses(page -> page.setExamination(Packed.floats()), "examination has 0 bytes");
  }

  @ParameterizedTest
  @ValueSource(floats = {-.1f, 1.1f, Float.NaN})
  void refusesExaminationThatIsNoProbability(float probability) {
    refuses(page -> page.setExamination(Packed.floats(1, probability)), "holds " + probability);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
  void refusesProductsThatCannotBeShown(float exposure) {
    refuses(page -> page.setExposure(Packed.floats(1, exposure)), "exposure holds " + exposure);
  }

  private static void refuses(UnaryOperator<Decision.Builder> fault, String found) {
    Decision decision = fault.apply(page()).build();

    assertThat(PageCredit.invalid(decision))
        .hasValueSatisfying(reason -> assertThat(reason).contains("'q':", found, "expected"));
    assertThatThrownBy(() -> PageCredit.of(decision))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(found);
  }

  private static Decision.Builder page() {
    return Decision.newBuilder()
        .setQueryId("q")
        .setMode(DecisionMode.MULTILEAVED)
        .setPage(List.of("lamp", "bulb"))
        .setExamination(Packed.floats(1, .5f))
        .setExposure(Packed.floats(.75f, .25f))
        .setCandidates(List.of(candidate("q#0", 1, 2), candidate("q#1", 2, 0)));
  }

  private static Candidate candidate(String rolloutId, int... ranks) {
    return Candidate.newBuilder().setRolloutId(rolloutId).setRanks(Packed.ints(ranks)).build();
  }
}

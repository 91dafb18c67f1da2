package io.searchloop.learning.oracle;

import static io.searchloop.learning.oracle.VisitorLog.candidate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.searchloop.schemas.Candidate;
import io.searchloop.schemas.Decision;
import io.searchloop.schemas.DecisionMode;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.RewardConfig;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Multileaved pages: {@code x} shown first, {@code y} second, {@code z} third. Candidate 0 ranks
 * them 1, 2, none; candidate 1 ranks them none, 1, 5. Examination is 1, 0.5, 0.25; the merge
 * exposes them with 0.8, 0.625 and 0.5.
 */
class OraclePagesTest {
  private static final String SORTED = "sorted";

  @Test
  void sharesAClickByExaminationOverExposure() {
    // x: 1 / 0.8 = 1.25 and 0; y: 0.5 / 0.625 = 0.8 and 1 / 0.625 = 1.6.
    VisitorLog log = page().event("click", "m", "x", 10).event("click", "m", "y", 200);
    log.event("click", "m", "y", 210).event("click", "m", "unseen", 220);

    assertThat(log.tuples())
        .containsExactly(
            reward("m#0", 0, 1.25),
            reward("m#0", 1, 0.8),
            reward("m#1", 0, 0),
            reward("m#1", 1, 1.6));
  }

  @Test
  void takesTheLastExaminationForRanksBeyondTheEnd() {
    // z: absent, and rank 5 is examined with 0.25; 0.25 / 0.5.
    assertThat(page().event("click", "m", "z", 10).tuples())
        .containsExactly(reward("m#0", 0, 0), reward("m#1", 0, 0.5));
  }

  @Test
  void roundsEachShareOfWhatTheCapLeft() {
    VisitorLog log = page(c -> c.setVisitorCap(0.000003)).event("click", "m", "y", 10);

    // 3 micros * 0.8 = 2.4 and * 1.6 = 4.8; the cap bounds the click, not the shares.
    assertThat(log.tuples())
        .containsExactly(reward("m#0", 0, 0.000002), reward("m#1", 0, 0.000005));
  }

  @Test
  void movesPreferenceWithPurchasesAndRefundsOfEveryListThatHeldTheProduct() {
    VisitorLog log = page(c -> c.setHitrate(7)).purchase("m", "x", "o", 2, 10);
    log.purchase("m", "y", "o2", 1, 200).refund("o", 1, 210);
    log.event("add_to_cart", "m", "x", 220).event("remove_from_cart", "m", "x", 230);

    assertThat(log.tuples())
        .containsExactly(
            preference("m#0", 0, 10),
            preference("m#0", 1, 10),
            preference("m#0", 2, -5),
            preference("m#1", 0, 0),
            preference("m#1", 1, 10));
  }

  @Test
  void countsPurchasesOfAPageTowardsTheVisitorsCap() {
    VisitorLog log = page(c -> c.setVisitorCap(12)).purchase("m", "unseen", "o", 1, 10);
    log.purchase("m", "x", "o2", 1, 20);

    assertThat(log.tuples()).containsExactly(preference("m#0", 0, 2), preference("m#1", 0, 0));
  }

  @Test
  void emitsNothingForAPageRearrangedAtItsFirstImpression() {
    VisitorLog log = VisitorLog.under(UnaryOperator.identity()).decision("m", 0, MERGED);
    log.event("impression", "m", "", 1, e -> e.setView(SORTED)).event("impression", "m", 2);
    log.event("click", "m", "x", 10).shown("a", 20).purchase("", "x", "o", 1, 30);

    assertThat(log.tuples()).containsExactly(VisitorLog.tuple("a", 0, 0));
    assertThat(log.events(RecordClass.JOINED)).isEqualTo(5);
  }

  @Test
  void paysNothingMoreOnceAPageIsRearrangedButTakesBack() {
    VisitorLog log = page().event("click", "m", "x", 10).purchase("m", "x", "o", 1, 20);
    log.event("impression", "m", "", 30, e -> e.setView("filtered"));
    log.event("click", "m", "y", 30).refund("o", 0, 40);

    assertThat(log.tuples())
        .containsExactly(new ExpectedTuple("m", "m#0", 0, 1.25, 0, true), reward("m#1", 0, 0));
    assertThat(log.events(RecordClass.JOINED)).isEqualTo(6);
  }

  @Test
  void ignoresRearrangementOfAnAssignedSearch() {
    VisitorLog log = VisitorLog.under(UnaryOperator.identity()).decision("a", 0);
    log.event("impression", "a", "", 1, e -> e.setView(SORTED)).event("click", "a", "p", 2);

    assertThat(log.rewards("a")).containsExactly(1.0);
  }

  @Test
  void takesRewardAndPreferenceBackOnAVerdict() {
    VisitorLog log = page(c -> c.setClickAllProducts(2));
    log.event("click", "m", "y", 10).purchase("m", "x", "o", 1, 200).event("click", "m", "x", 300);

    assertThat(log.tuples())
        .containsExactly(
            reward("m#0", 0, 0.8),
            preference("m#0", 1, 10),
            new ExpectedTuple("m", "m#0", 2, -0.8, -10, true),
            reward("m#1", 0, 1.6),
            reward("m#1", 1, -1.6));
  }

  @Test
  void refusesAPageThatLacksARank() {
    VisitorLog log = VisitorLog.under(UnaryOperator.identity());
    log.decision("m", 0, d -> MERGED.apply(d).setCandidates(List.of(ranked("m#0", 1))));

    assertThatIllegalArgumentException()
        .isThrownBy(log.event("impression", "m", 0)::report)
        .withMessageContaining("search m shows 4 products");
  }

  private static final UnaryOperator<Decision.Builder> MERGED =
      d ->
          d.setMode(DecisionMode.MULTILEAVED)
              .setServed(List.of())
              .setPage(List.of("x", "y", "z", "y"))
              .setCandidates(List.of(ranked("m#0", 1, 2, 0, 2), ranked("m#1", 0, 1, 5, 1)))
              .setExamination(Packed.floats(1, .5f, .25f))
              .setExposure(Packed.floats(.8f, .625f, .5f, .1f));

  private static VisitorLog page() {
    return page(UnaryOperator.identity());
  }

  private static VisitorLog page(UnaryOperator<RewardConfig.Builder> settings) {
    return VisitorLog.under(settings).decision("m", 0, MERGED).event("impression", "m", 0);
  }

  private static Candidate ranked(String rolloutId, int... ranks) {
    return Candidate.newBuilder(candidate(rolloutId)).setRanks(Packed.ints(ranks)).build();
  }

  private static ExpectedTuple reward(String rolloutId, int sequence, double reward) {
    return new ExpectedTuple("m", rolloutId, sequence, reward, 0, true);
  }

  private static ExpectedTuple preference(String rolloutId, int sequence, double preference) {
    return new ExpectedTuple("m", rolloutId, sequence, 0, preference, true);
  }
}

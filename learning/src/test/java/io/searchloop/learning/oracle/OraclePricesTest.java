package io.searchloop.learning.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.schemas.Decision;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.RewardConfig;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices of a search that showed one candidate; windows are 100 and 1000 ms. */
class OraclePricesTest {
  @Test
  void paysAProductsClickOnce() {
    VisitorLog log = VisitorLog.under(c -> c.setClick(0.3)).shown("q", 0);
    for (String product : List.of("p", "p", "p2", "p3")) {
      log.event("click", "q", product, 10);
    }

    // 3 * 300000 micros; in doubles 0.3 + 0.3 + 0.3 would be 0.8999999999999999.
    assertThat(log.rewards("q")).containsExactly(0.9);
  }

  @Test
  void paysACartWhileTheProductIsInIt() {
    VisitorLog log = VisitorLog.under(UnaryOperator.identity()).shown("q", 0);
    log.event("add_to_cart", "q", "p", 10).event("add_to_cart", "q", "p", 20);
    log.event("remove_from_cart", "q", "p", 200).event("remove_from_cart", "q", "p", 210);
    log.event("add_to_cart", "q", "p", 220);

    assertThat(log.rewards("q")).containsExactly(3.0, -3.0, 3.0);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1", // no position: weight 1
    "1, 1", // 1 / 1
    "2, 2", // 1 / 0.5
    "3, 8", // 1 / 0.125
    "9, 8", // beyond the end: the last
  })
  void weighsAClickByTheExaminationTheDecisionLogged(int position, double expected) {
    VisitorLog log =
        corrected(
            c -> c.setExamination(List.of(0.25)),
            d -> d.setExamination(Packed.floats(1, .5f, .125f)),
            position);

    assertThat(log.rewards("q")).containsExactly(expected);
  }

  @Test
  void fallsBackToTheConfigurationsExamination() {
    assertThat(
            corrected(c -> c.setExamination(List.of(1.0, 0.3)), UnaryOperator.identity(), 2)
                .rewards("q"))
        // Math.round(1e6 / 0.3)
        .containsExactly(3.333333);
    assertThat(corrected(UnaryOperator.identity(), UnaryOperator.identity(), 2).rewards("q"))
        .containsExactly(1.0);
  }

  @Test
  void boundsTheWeightOfAClick() {
    assertThat(corrected(c -> c, d -> d.setExamination(Packed.floats(.01f)), 1).rewards("q"))
        .containsExactly(10.0);
    assertThat(corrected(c -> c, d -> d.setExamination(Packed.floats(0)), 1).rewards("q"))
        .containsExactly(10.0);
  }

  @Test
  void addsUnitsAndMinorUnitsToThePriceOfALine() {
    VisitorLog log =
        VisitorLog.under(c -> c.setPurchase(10).setPurchasePerUnit(2).setPurchasePerMinorUnit(0.01))
            .shown("q", 0);
    log.event(
        "purchase",
        "q",
        "p",
        200,
        e -> e.setOrderId("o").setOrderLine(1).setQuantity(3).setMinorUnits(250));
    log.event("purchase", "q", "p", 210, e -> e.setOrderId("o").setOrderLine(2));

    // 10 + 2 * 3 + 0.01 * 250 = 18.5; a line without quantity is one unit: 10 + 2.
    assertThat(log.rewards("q")).containsExactly(0.0, 18.5, 12.0);
  }

  @Test
  void boundsThePriceOfALine() {
    VisitorLog log =
        VisitorLog.under(c -> c.setPurchasePerUnit(2).setPurchaseCap(13)).shown("q", 0);
    log.purchase("q", "p", "o", 5, 10);

    assertThat(log.rewards("q")).containsExactly(13.0);
  }

  @Test
  void takesBackTheShareOfTheUnitsReturned() {
    VisitorLog log = VisitorLog.under(c -> c.setPurchase(0.00001)).shown("q", 0);
    log.purchase("q", "p", "o", 3, 10);
    log.refund("o", 1, 200).refund("o", 1, 210).refund("o", 5, 220).refund("o", 0, 230);

    // Of 10 micros for 3 units: round(3.33) = 3, round(6.67) = 7, 10; then nothing is left.
    assertThat(log.rewards("q")).containsExactly(0.00001, -0.000003, -0.000004, -0.000003);
    assertThat(log.events(RecordClass.JOINED)).isEqualTo(6);
  }

  @Test
  void takesBackAllThatIsLeftWhenARefundNamesNoQuantity() {
    VisitorLog log = VisitorLog.under(UnaryOperator.identity()).shown("q", 0);
    log.purchase("q", "p", "o", 4, 10).refund("o", 1, 200).refund("o", 0, 210);

    assertThat(log.rewards("q")).containsExactly(10.0, -2.5, -7.5);
  }

  @Test
  void leavesRefundsOfUnknownOrdersDangling() {
    VisitorLog log = VisitorLog.under(UnaryOperator.identity()).shown("q", 0).refund("o", 0, 10);

    assertThat(log.events(RecordClass.DANGLING)).isEqualTo(1);
  }

  @Test
  void paysALineOnceWhicheverSearchARepetitionNames() {
    VisitorLog log = VisitorLog.under(UnaryOperator.identity()).shown("a", 0).shown("b", 0);
    log.purchase("a", "p", "o", 2, 10).purchase("b", "p", "o", 1, 20).refund("o", 0, 30);

    assertThat(log.rewards("a")).containsExactly(0.0);
    assertThat(log.rewards("b")).containsExactly(0.0);
    assertThat(log.events(RecordClass.JOINED)).isEqualTo(5);
  }

  @Test
  void paysHitrateForAProductTheQueryAsTypedWouldHaveMissed() {
    VisitorLog log = VisitorLog.under(c -> c.setHitrate(4));
    UnaryOperator<Decision.Builder> page =
        d -> d.setPage(List.of("known", "new", "known")).setQueryRanks(Packed.ints(2, 0, 0));
    log.decision("q", 0, page).event("impression", "q", 0);
    log.purchase("q", "new", "o1", 2, 200).purchase("q", "known", "o2", 1, 210);
    log.purchase("q", "elsewhere", "o3", 1, 220).refund("o1", 1, 230);

    // 10 + 4, no hitrate, no hitrate, and half of both back.
    assertThat(log.rewards("q")).containsExactly(0.0, 14.0, 10.0, 10.0, -7.0);
  }

  @Test
  void paysNoHitrateWhenTheQueryWasNotSearchedAsTyped() {
    VisitorLog log = VisitorLog.under(c -> c.setHitrate(4));
    log.decision("q", 0, d -> d.setPage(List.of("p"))).event("impression", "q", 0);
    log.purchase("q", "p", "o", 1, 10);

    assertThat(log.rewards("q")).containsExactly(10.0);
  }

  private static VisitorLog corrected(
      UnaryOperator<RewardConfig.Builder> settings,
      UnaryOperator<Decision.Builder> details,
      int position) {
    return VisitorLog.under(c -> settings.apply(c.setPositionCorrection(true)))
        .decision("q", 0, details)
        .event("impression", "q", 0)
        .event("click", "q", "p", 10, e -> e.setPositionOrdinal(position));
  }
}

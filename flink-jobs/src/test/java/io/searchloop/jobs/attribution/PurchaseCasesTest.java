package io.searchloop.jobs.attribution;

import static io.searchloop.jobs.attribution.OneVisitor.FOREVER;
import static io.searchloop.jobs.attribution.OneVisitor.PLAIN;
import static io.searchloop.jobs.attribution.OneVisitor.order;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.fixtures.Events;
import io.searchloop.learning.oracle.RecordClass;
import io.searchloop.schemas.RewardTuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The cases of {@code DISCUSSION.md} about what is bought and returned, each under its name. */
class PurchaseCasesTest {
  private final OneVisitor visitor = new OneVisitor();
  private final Events log = visitor.log;
  private JoinHarness join;

  @AfterEach
  void endsWithoutStateAndTimers() throws Exception {
    join.watermark(FOREVER);
    assertThat(join.openState()).isZero();
    join.close();
  }

  @Test
  void theSameProductInTwoImpressions() throws Exception {
    join = visitor.open(PLAIN);
    visitor.shown("a");
    visitor.shown("b");
    visitor.receive(
        log.event("click", "a", "p", 30),
        log.event("click", "b", "p", 40),
        log.event("click", "a", "p", 50),
        log.event("purchase", "", "p", 60, order(1, 1)));

    join.watermark(FOREVER);

    // The touch of 50 earns no click, but is the last.
    assertThat(visitor.total("a")).isEqualTo(11);
    assertThat(visitor.total("b")).isEqualTo(1);
  }

  @Test
  void aPurchaseFollowsTheCartOfASearchPage() throws Exception {
    join = visitor.open(PLAIN);
    visitor.shown("a");
    visitor.shown("b");
    visitor.receive(
        log.event("click", "a", "p", 30),
        log.event("add_to_cart", "b", "p", 40),
        log.event("purchase", "", "p", 60, order(1, 1)));

    join.watermark(FOREVER);

    assertThat(visitor.total("a")).isEqualTo(1);
    assertThat(visitor.total("b")).isEqualTo(13);
  }

  @Test
  void aRefundAfterACorrection() throws Exception {
    join = visitor.open(PLAIN);
    visitor.shown("q");
    visitor.receive(
        log.event("click", "q", "p", 50),
        log.event("purchase", "", "p", 500, order(1, 3)),
        log.event("refund", "", "", 600, order(1, 1)),
        log.event("refund", "", "", 700, order(1, 5)),
        log.event("refund", "", "", 800, order(1, 1)));

    join.watermark(FOREVER);

    // 10 for the line, a third back, then the rest: of three units no more than three return.
    assertThat(join.emitted())
        .extracting(RewardTuple::getReward)
        .containsExactly(1.0, 10.0, -3.333333, -6.666667);
    assertThat(join.emitted().get(3).getItem()).isEqualTo("p");
  }

  @Test
  void aRefundOfAnUnknownOrder() throws Exception {
    join = visitor.open(PLAIN);
    visitor.shown("q");
    visitor.receive(
        log.event("click", "q", "p", 50),
        log.event("purchase", "", "p", 60, order(1, 1)),
        log.event("refund", "", "p", 70, order(2, 1)));

    join.watermark(FOREVER);

    assertThat(visitor.total("q")).isEqualTo(11);
    assertThat(visitor.count(RecordClass.DANGLING)).isEqualTo(1);
  }
}

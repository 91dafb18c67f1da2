package io.searchloop.learning.reward;

import static io.searchloop.learning.event.Action.ADD_TO_CART;
import static io.searchloop.learning.event.Action.CLICK;
import static io.searchloop.learning.event.Action.PURCHASE;
import static io.searchloop.learning.event.Action.REFUND;
import static io.searchloop.learning.event.Action.REMOVE_FROM_CART;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.learning.event.Action;
import io.searchloop.schemas.RewardConfig;
import io.searchloop.schemas.RewardTerm;
import io.searchloop.schemas.SearchEvent;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShopperRewardTest {
  private final ShopperReward reward = new ShopperReward(RewardConfig.newBuilder().build());
  private final Map<String, Double> paid = new HashMap<>();

  @Test
  void paysTheFirstClickOnEachProduct() {
    assertThat(settle(CLICK, "p1")).isEqualTo(1);
    assertThat(settle(CLICK, "p1")).isZero();
    assertThat(settle(CLICK, "p2")).isEqualTo(1);
  }

  @Test
  void takesTheCartRewardBackOnceWhenTheProductLeavesTheCart() {
    assertThat(settle(ADD_TO_CART, "p1")).isEqualTo(3);
    assertThat(settle(ADD_TO_CART, "p1")).isZero();
    assertThat(settle(REMOVE_FROM_CART, "p1")).isEqualTo(-3);
    assertThat(settle(REMOVE_FROM_CART, "p1")).isZero();
    assertThat(settle(ADD_TO_CART, "p1")).isEqualTo(3);
  }

  @Test
  void paysEachOrderLineOnceAndTakesItBackOnce() {
    assertThat(settle(PURCHASE, line("o1", 1))).isEqualTo(10);
    assertThat(settle(PURCHASE, line("o1", 1))).isZero();
    assertThat(settle(PURCHASE, line("o1", 2))).isEqualTo(10);
    assertThat(settle(REFUND, line("o1", 1))).isEqualTo(-10);
    assertThat(settle(REFUND, line("o1", 1))).isZero();
    assertThat(settle(PURCHASE, line("o1", 1))).isZero();
  }

  @Test
  void paysNothingForReturningWhatWasNeverPaid() {
    assertThat(settle(REFUND, line("o9", 1))).isZero();
    assertThat(settle(REMOVE_FROM_CART, "p9")).isZero();
    assertThat(paid).isEmpty();
  }

  @Test
  void namesTheAddendsOfAReward() {
    RewardTerms terms = RewardTerms.NONE.plus(CLICK, 1).plus(PURCHASE, 10).plus(CLICK, 1);

    assertThat(terms.total()).isEqualTo(12);
    assertThat(terms.toAvro())
        .containsExactly(new RewardTerm("click", 2.0), new RewardTerm("purchase", 10.0));
  }

  @Test
  void leavesOutTermsThatCancel() {
    assertThat(RewardTerms.NONE.plus(CLICK, 1).plus(CLICK, -1)).isEqualTo(RewardTerms.NONE);
  }

  private double settle(Action action, String product) {
    return settle(action, SearchEvent.newBuilder().setObjectId(product).build());
  }

  private double settle(Action action, SearchEvent event) {
    return reward.settle(action, event, paid);
  }

  private static SearchEvent line(String order, int line) {
    return SearchEvent.newBuilder().setOrderId(order).setOrderLine(line).build();
  }
}

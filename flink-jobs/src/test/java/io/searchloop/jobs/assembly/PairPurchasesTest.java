package io.searchloop.jobs.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.searchloop.schemas.PreferencePair;
import io.searchloop.schemas.RewardTuple;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PairPurchasesTest {
  private static final long SHOWN = 100;
  private static final long BOUGHT = 400;

  private AssemblyLine line;

  @BeforeEach
  void open() throws Exception {
    line =
        new AssemblyLine(
            Map.of(
                "assembly.out-of-orderness", "PT0S",
                "assembly.purchase-flip-probability", "0.3"));
  }

  @AfterEach
  void endsWithoutStateAndTimers() throws Exception {
    line.finish();
  }

  @Test
  void prefersTheListsThatHeldWhatWasBought() throws Exception {
    line.receive(page(0, 10, 0, 10));
    assertThat(line.pairs()).isEmpty();

    line.watermark(SHOWN);

    assertThat(line.pairs())
        .extracting(
            p -> p.getPreferred().getRolloutId(),
            p -> p.getRejected().getRolloutId(),
            PreferencePair::getMargin,
            PreferencePair::getFlipProbability)
        .containsExactly(tuple("p#1", "p#2", 10., .3), tuple("p#3", "p#0", 10., .3));
    assertThat(line.pairs().get(0).getPromptTokens()).isEqualTo(page(0)[0].getPromptTokens());
    assertThat(line.pairs().get(0).getPreferred().getTokenIds().remaining()).isPositive();
  }

  @Test
  void pairsALatePurchaseOnceAllItsTuplesAreThere() throws Exception {
    RewardTuple[] page = page(0, 0, 0);
    line.receive(page);
    line.watermark(SHOWN + 50);
    line.receive(Tuples.purchase(page[0], 1, 10, BOUGHT));
    line.watermark(BOUGHT - 1);
    line.receive(Tuples.purchase(page[2], 1, 10, BOUGHT));
    assertThat(line.pairs()).isEmpty();

    line.watermark(BOUGHT);

    // Were the first tuple judged alone, 0 would win over 2, whose list held the product too.
    assertThat(line.pairs())
        .extracting(p -> p.getPreferred().getRolloutId(), p -> p.getRejected().getRolloutId())
        .containsExactly(tuple("p#0", "p#1"));
  }

  @Test
  void makesNoPairOfARefundedPurchase() throws Exception {
    RewardTuple[] page = page(10, 0);
    line.receive(page);
    line.receive(Tuples.purchase(page[0], 1, -10, SHOWN));

    line.watermark(Long.MAX_VALUE);

    assertThat(line.pairs()).isEmpty();
  }

  @Test
  void letsARolloutArgueOnceAndCountsWhatFollows() throws Exception {
    RewardTuple[] page = page(10, 0, 0);
    line.receive(page);
    line.watermark(SHOWN);
    line.receive(Tuples.purchase(page[1], 1, 30, BOUGHT), Tuples.purchase(page[2], 1, 30, BOUGHT));
    line.watermark(BOUGHT);

    // Only 1 is left of those that have not argued, and it has nobody to argue with.
    assertThat(line.pairs()).hasSize(1);
    assertThat(line.count("purchases_after_pair")).isEqualTo(1);
  }

  @Test
  void keepsAPageAcrossARestart() throws Exception {
    RewardTuple[] page = page(0, 0);
    line.receive(page);
    line.restart();
    line.receive(Tuples.purchase(page[1], 1, 5, BOUGHT));
    line.restart();
    line.watermark(BOUGHT);

    assertThat(line.pairs()).hasSize(1);
  }

  @Test
  void addsNothingToRewardsOrGroups() throws Exception {
    RewardTuple[] page = page(10, 0);
    line.receive(page);
    line.receive(Tuples.purchase(page[1], 1, 10, BOUGHT));
    line.watermark(BOUGHT);

    assertThat(line.corrections()).isEmpty();
    assertThat(line.count("flat_groups")).isEqualTo(1);
  }

  /** The trainable rollouts of a page that nobody clicked, with what was bought from each list. */
  private static RewardTuple[] page(double... preferences) {
    RewardTuple[] tuples = new RewardTuple[preferences.length];
    for (int i = 0; i < tuples.length; i++) {
      tuples[i] = Tuples.onPage("p", i, 0, preferences[i], SHOWN);
    }
    return tuples;
  }
}

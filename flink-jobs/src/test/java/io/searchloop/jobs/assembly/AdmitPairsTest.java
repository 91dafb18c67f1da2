package io.searchloop.jobs.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.schemas.GroupMember;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PartialOrder;
import io.searchloop.schemas.PreferencePair;
import io.searchloop.schemas.RewardTuple;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdmitPairsTest {
  private static final long SHOWN = 100;

  private AssemblyLine line;
  private int rollouts;

  @BeforeEach
  void open() throws Exception {
    line = with(Map.of("assembly.pair-interval", "1"));
  }

  @AfterEach
  void endsWithoutStateAndTimers() throws Exception {
    line.finish();
  }

  @Test
  void emitsAPairOnceTheOrderIsCredible() throws Exception {
    impressions(1, 8);
    impressions(0, 7);
    assertThat(line.pairs()).isEmpty();

    impressions(0, 1);

    PreferencePair pair = line.pairs().get(0);
    assertThat(pair.getPreferred().getReward()).isEqualTo(1);
    assertThat(pair.getRejected().getReward()).isZero();
    assertThat(pair.getMargin()).isCloseTo(1, within(1e-12));
    assertThat(pair.getPreferredImpressions()).isEqualTo(8);
    assertThat(pair.getFlipProbability()).isLessThan(.01);
  }

  @Test
  void startsBothRewritesAgainAfterAPair() throws Exception {
    impressions(1, 8);
    impressions(0, 8 + 8);
    assertThat(line.pairs()).hasSize(1);

    impressions(1, 8);

    assertThat(line.pairs())
        .hasSize(2)
        .extracting(PreferencePair::getPairId)
        .doesNotHaveDuplicates();
  }

  @Test
  void pairsOnlyNeighboursInRewardLevel() throws Exception {
    reopen(Map.of("assembly.pair-interval", "60"));
    impressions(0, 20);
    impressions(2, 20);
    impressions(1, 20);

    // Both steps are as sure; the one first in the order of rewrites argues, the third waits.
    assertThat(line.pairs())
        .extracting(p -> p.getPreferred().getReward(), p -> p.getRejected().getReward())
        .containsExactly(tuple(1., 0.));
  }

  @Test
  void pairsTheSurestWhenAllLevelsMayMeet() throws Exception {
    reopen(Map.of("assembly.pair-interval", "60", "assembly.pair-levels", "all"));
    impressions(0, 20);
    impressions(2, 20);
    impressions(1, 20);

    assertThat(line.pairs())
        .extracting(p -> p.getPreferred().getReward(), p -> p.getRejected().getReward())
        .containsExactly(tuple(2., 0.));
  }

  @Test
  void ordersRewritesInLevelsInPlaceOfPairs() throws Exception {
    reopen(Map.of("assembly.pair-interval", "60", "assembly.orders", "true"));
    impressions(0, 20);
    impressions(2, 20);
    impressions(1, 20);

    assertThat(line.pairs()).isEmpty();
    PartialOrder order = line.orders().get(0);
    assertThat(order.getMembers()).extracting(GroupMember::getReward).containsExactly(2., 1., 0.);
    assertThat(Packed.ints(order.getLevels())).containsExactly(0, 1, 2);
    assertThat(order.getPromptTokens()).isEqualTo(Tuples.base("a", 0, 0, 0).getPromptTokens());

    // All of them have argued and start again.
    impressions(0, 60);
    assertThat(line.orders()).hasSize(1);
  }

  @Test
  void countsImpressionsOfASlateForItsRewrites() throws Exception {
    for (int i = 0; i < 8; i++) {
      line.receive(
          Tuples.ofSlate("r#0", "q0" + i, 1, SHOWN), Tuples.ofSlate("r#1", "q1" + i, 0, SHOWN));
    }

    assertThat(line.pairs()).hasSize(1);
  }

  @Test
  void learnsNothingFromPagesEnginesAndCorrections() throws Exception {
    impressions(1, 8);
    for (int i = 0; i < 20; i++) {
      line.receive(
          Tuples.onPage("p" + i, 0, 0, 0, SHOWN),
          Tuples.byEngine("e" + i, 0, 0, SHOWN),
          RewardTuple.newBuilder(Tuples.base("x" + i, 0, 0, SHOWN)).setTrainable(false).build(),
          Tuples.correction(Tuples.base("r0", 0, 1, SHOWN), i + 1, -1));
    }

    assertThat(line.pairs()).isEmpty();
  }

  @Test
  void keepsItsCountsAcrossARestart() throws Exception {
    impressions(1, 8);
    impressions(0, 7);
    line.restart();
    impressions(0, 1);

    assertThat(line.pairs()).hasSize(1);
  }

  /** Impressions of the rewrite that always earns this reward. */
  private void impressions(double reward, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      line.receive(Tuples.base("r" + rollouts++, 0, reward, SHOWN));
    }
  }

  private void reopen(Map<String, String> settings) throws Exception {
    line.close();
    line = with(settings);
  }

  private static AssemblyLine with(Map<String, String> settings) throws Exception {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("assembly.out-of-orderness", "PT0S");
    return new AssemblyLine(all);
  }
}

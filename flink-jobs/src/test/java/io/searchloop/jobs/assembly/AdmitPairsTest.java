package io.searchloop.jobs.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.searchloop.schemas.PreferencePair;
import io.searchloop.schemas.RewardTuple;
import io.searchloop.schemas.config.ConfigBinder;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdmitPairsTest {
  private KeyedOneInputStreamOperatorTestHarness<String, RewardTuple, TrainingItem> admit;
  private int rollouts;

  @BeforeEach
  void open() throws Exception {
    admit =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(
                new AdmitPairs(
                    ConfigBinder.defaults(AssemblyConfig.class), Duration.ofMillis(1000))),
            RewardTuple::getGroupKey,
            Types.STRING);
    admit.open();
  }

  @AfterEach
  void endsWithoutStateAndTimers() throws Exception {
    admit.processWatermark(Long.MAX_VALUE);
    assertThat(admit.numKeyedStateEntries() + admit.numEventTimeTimers()).isZero();
    admit.close();
  }

  @Test
  void emitsAPairOnceTheOrderIsCredible() throws Exception {
    impressions(1, 8);
    impressions(0, 7);
    assertThat(pairs()).isEmpty();

    impressions(0, 1);

    PreferencePair pair = pairs().get(0);
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
    assertThat(pairs()).hasSize(1);

    impressions(1, 8);

    assertThat(pairs()).hasSize(2);
  }

  @Test
  void ignoresUntrainableRolloutsAndCorrections() throws Exception {
    impressions(1, 8);
    for (int i = 0; i < 20; i++) {
      RewardTuple base = Tuples.base("x" + i, 0, 0, 100);
      receive(RewardTuple.newBuilder(base).setTrainable(false).build());
      receive(Tuples.correction(base, 1, 0));
    }

    assertThat(pairs()).isEmpty();
  }

  /** Impressions of the rewrite that always earns this reward. */
  private void impressions(double reward, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      receive(Tuples.base("r" + rollouts++, 0, reward, 100));
    }
  }

  private void receive(RewardTuple tuple) throws Exception {
    admit.processElement(tuple, 100);
  }

  private List<PreferencePair> pairs() {
    return admit.extractOutputValues().stream().map(TrainingItem::pair).toList();
  }
}

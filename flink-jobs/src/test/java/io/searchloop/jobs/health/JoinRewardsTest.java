package io.searchloop.jobs.health;

import static io.searchloop.jobs.health.Trials.T0;
import static io.searchloop.jobs.health.Trials.WAIT;
import static io.searchloop.jobs.health.Trials.reward;
import static io.searchloop.jobs.health.Trials.search;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JoinRewardsTest {
  private static final long DUE = T0 + WAIT.toMillis();

  private KeyedTwoInputStreamOperatorTestHarness<String, TrialSearch, SearchReward, TrialSearch>
      join;

  @BeforeEach
  void open() throws Exception {
    join =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new JoinRewards(Trials.config())),
            TrialSearch::queryId,
            SearchReward::queryId,
            Types.STRING);
    join.open();
  }

  @AfterEach
  void endsEmpty() throws Exception {
    watermark(T0 + 10 * WAIT.toMillis());
    assertThat(join.numKeyedStateEntries()).isZero();
    assertThat(join.numEventTimeTimers()).isZero();
    join.close();
  }

  @Test
  void waitsForTheRewardOfAPageShownLate() throws Exception {
    join.processElement1(search("q", "v", true, T0), T0);
    join.processElement2(reward("q", 3, DUE - 1), DUE - 1);
    watermark(DUE - 1);
    assertThat(join.extractOutputValues()).isEmpty();

    watermark(DUE);

    assertThat(join.extractOutputValues())
        .containsExactly(search("q", "v", true, T0).earned(3, false));
  }

  @Test
  void findsARewardThatWasReadBeforeItsSearch() throws Exception {
    join.processElement2(reward("q", 3, T0 + 5), T0 + 5);
    join.processElement1(search("q", "v", true, T0), T0);
    watermark(DUE);

    assertThat(join.extractOutputValues()).hasSize(1);
    assertThat(join.extractOutputValues().get(0).reward()).isEqualTo(3);
  }

  @Test
  void countsAPageThatWasNeverShownAsNothing() throws Exception {
    join.processElement1(search("q", "v", true, T0), T0);
    watermark(DUE);

    assertThat(join.extractOutputValues()).containsExactly(search("q", "v", true, T0));
  }

  @Test
  void takesTheMeanOfAMergedPagesRollouts() throws Exception {
    join.processElement1(search("q", "v", true, T0), T0);
    join.processElement2(reward("q", 4, T0 + 1), T0 + 1);
    join.processElement2(reward("q", 0, T0 + 1), T0 + 1);
    watermark(DUE);

    assertThat(join.extractOutputValues())
        .containsExactly(search("q", "v", true, T0).earned(2, false));
  }

  @Test
  void forgetsRewardsOfNoTrial() throws Exception {
    join.processElement2(reward("other", 4, T0 + 1), T0 + 1);
    watermark(DUE + 1);

    assertThat(join.extractOutputValues()).isEmpty();
    assertThat(join.numKeyedStateEntries()).isZero();
  }

  private void watermark(long time) throws Exception {
    join.processBothWatermarks(new Watermark(time));
  }
}

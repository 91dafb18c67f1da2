package io.searchloop.jobs.health;

import static io.searchloop.jobs.health.Trials.T0;
import static io.searchloop.jobs.health.Trials.WAIT;
import static io.searchloop.jobs.health.Trials.WINDOW;
import static io.searchloop.jobs.health.Trials.reward;
import static io.searchloop.jobs.health.Trials.search;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.searchloop.jobs.fixtures.GoldenState;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The health job goes on from the state of older code: a search and a visitor in a trial. */
class HealthUpgradeTest {
  private static final long END = T0 + WINDOW.toMillis() + WAIT.toMillis();

  static List<String> versions() {
    return GoldenState.VERSIONS;
  }

  @ParameterizedTest
  @MethodSource("versions")
  void searchesOfOlderCodeEarn(String version) throws Exception {
    assumeFalse(GoldenState.writes(), "states are written");
    try (var join = join()) {
      join.initializeState(GoldenState.read(version, "join-rewards"));
      join.open();
      join.processElement2(reward("q", 1, T0 + 2), T0 + 2);
      join.processWatermark1(new Watermark(END));
      join.processWatermark2(new Watermark(END));

      assertThat(join.extractOutputValues())
          .containsExactly(search("q", "v", true, T0).earned(2, false));
    }
  }

  @ParameterizedTest
  @MethodSource("versions")
  void visitorsOfOlderCodeAreCounted(String version) throws Exception {
    assumeFalse(GoldenState.writes(), "states are written");
    try (var collect = collect()) {
      collect.initializeState(GoldenState.read(version, "collect-visitors"));
      collect.open();
      collect.processElement(search("b", "v", true, T0 + 6).earned(2, false), T0 + 6);
      collect.processWatermark(END);

      assertThat(collect.extractOutputValues()).hasSize(1);
      assertThat(collect.extractOutputValues().get(0).outcome().reward()).isEqualTo(3);
    }
  }

  @Test
  void writesTheStateOfThisVersion() throws Exception {
    assumeTrue(GoldenState.writes(), "no states are to be written");
    try (var join = join();
        var collect = collect()) {
      join.open();
      join.processElement1(search("q", "v", true, T0), T0);
      join.processElement2(reward("q", 3, T0 + 1), T0 + 1);
      GoldenState.write("join-rewards", join.snapshot(1, 0));
      collect.open();
      collect.processElement(search("a", "v", true, T0).earned(4, false), T0);
      GoldenState.write("collect-visitors", collect.snapshot(1, 0));
    }
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, TrialSearch, SearchReward, TrialSearch>
      join() throws Exception {
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new JoinRewards(Trials.config())),
        TrialSearch::queryId,
        SearchReward::queryId,
        Types.STRING);
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, TrialSearch, TrialVisitor> collect()
      throws Exception {
    return new KeyedOneInputStreamOperatorTestHarness<>(
        new KeyedProcessOperator<>(new CollectVisitors(Trials.config())),
        TrialSearch::visitor,
        Types.STRING);
  }
}

package io.searchloop.jobs.health;

import static io.searchloop.jobs.health.Trials.MEMORY;
import static io.searchloop.jobs.health.Trials.RELEASE;
import static io.searchloop.jobs.health.Trials.T0;
import static io.searchloop.jobs.health.Trials.WAIT;
import static io.searchloop.jobs.health.Trials.WINDOW;
import static io.searchloop.jobs.health.Trials.search;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.learning.experiment.VisitorOutcome;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CollectVisitorsTest {
  private static final long WINDOW_END = T0 + WINDOW.toMillis() + WAIT.toMillis();

  private KeyedOneInputStreamOperatorTestHarness<String, TrialSearch, TrialVisitor> collect;

  @BeforeEach
  void open() throws Exception {
    collect =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new CollectVisitors(Trials.config())),
            TrialSearch::visitor,
            Types.STRING);
    collect.open();
  }

  @AfterEach
  void endsEmpty() throws Exception {
    collect.processWatermark(T0 + 10 * MEMORY.toMillis());
    assertThat(collect.numKeyedStateEntries()).isZero();
    assertThat(collect.numEventTimeTimers()).isZero();
    collect.close();
  }

  @Test
  void makesOneOutcomeOfAllSearchesInTheWindow() throws Exception {
    add(search("a", "v", true, T0).earned(4, false));
    add(search("b", "v", true, T0 + 60_000).earned(0, true));
    collect.processWatermark(WINDOW_END - 1);
    assertThat(collect.extractOutputValues()).isEmpty();

    collect.processWatermark(WINDOW_END);

    assertThat(collect.extractOutputValues())
        .containsExactly(new TrialVisitor(RELEASE, new VisitorOutcome(true, 50, 2, 0, 12, .5, 9)));
  }

  @Test
  void countsAVisitorOnceInATrial() throws Exception {
    add(search("a", "v", true, T0));
    collect.processWatermark(WINDOW_END);
    add(search("b", "v", true, WINDOW_END + 60_000));
    collect.processWatermark(WINDOW_END + 2 * WINDOW.toMillis());

    assertThat(collect.extractOutputValues()).hasSize(1);
  }

  @Test
  void leavesAVisitorInTheArmOfTheFirstSearch() throws Exception {
    add(search("a", "v", false, T0).earned(1, false));
    add(search("b", "v", true, T0 + 60_000).earned(3, false)); // the share grew in between
    collect.processWatermark(WINDOW_END);

    VisitorOutcome outcome = collect.extractOutputValues().get(0).outcome();
    assertThat(outcome.candidate()).isFalse();
    assertThat(outcome.reward()).isEqualTo(2);
  }

  @Test
  void beginsAnewWithTheNextTrialAndIgnoresStragglersOfTheLast() throws Exception {
    TrialSearch next =
        new TrialSearch("b", "v", RELEASE + 1, 1, false, T0 + 5, true, -1, 4, 0, true);
    add(search("a", "v", true, T0));
    add(next);
    add(search("c", "v", true, T0 + 6));
    collect.processWatermark(WINDOW_END + 5);

    assertThat(collect.extractOutputValues()).hasSize(1);
    TrialVisitor visitor = collect.extractOutputValues().get(0);
    assertThat(visitor.candidateVersion()).isEqualTo(RELEASE + 1);
    assertThat(visitor.outcome().nullResults()).isEqualTo(1);
    assertThat(visitor.outcome().latencyMs()).isNaN();
  }

  private void add(TrialSearch search) throws Exception {
    collect.processElement(search, search.time());
  }
}

package io.searchloop.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.fixtures.AvroTypes;
import io.searchloop.jobs.ledger.LedgerEntry;
import io.searchloop.jobs.ledger.LedgerMark;
import io.searchloop.schemas.DeadLetterReason;
import io.searchloop.schemas.RewardTuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteOutcomesTest {
  static {
    AvroTypes.register();
  }

  private static final Duration REMEMBER = Duration.ofMinutes(10);

  private final EngineDecisions decisions = new EngineDecisions();
  private KeyedOneInputStreamOperatorTestHarness<String, EngineOutcome, RewardTuple> harness;

  @BeforeEach
  void open() throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new RouteOutcomes(REMEMBER)),
            EngineOutcome::queryId,
            Types.STRING);
    harness.setStateTtlProcessingTime(0);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void settlesADecisionWithItsLastTuple() throws Exception {
    scored(decisions.engineOnly("q"));

    assertThat(harness.extractOutputValues()).hasSize(2);
    assertThat(marks()).containsExactly(LedgerMark.JOINED);
  }

  @Test
  void dropsTheTuplesOfARepeatedDecision() throws Exception {
    scored(decisions.engineOnly("q"));
    scored(decisions.engineOnly("q"));

    assertThat(harness.extractOutputValues()).hasSize(2);
    assertThat(marks()).endsWith(LedgerMark.DUPLICATE);
  }

  @Test
  void scoresADecisionThatIsReplayedFromTheDeadLetters() throws Exception {
    refused(decisions.engineOnly("q"));
    scored(decisions.engineOnly("q"));

    assertThat(harness.getSideOutput(SideOutputs.DEAD_LETTERS)).hasSize(1);
    assertThat(harness.extractOutputValues()).hasSize(2);
    assertThat(marks()).containsExactly(LedgerMark.DEAD_LETTER, LedgerMark.JOINED);
  }

  @Test
  void forgetsAScoredDecisionInTheEnd() throws Exception {
    scored(decisions.engineOnly("q"));
    harness.setStateTtlProcessingTime(REMEMBER.toMillis() + 1);
    scored(decisions.engineOnly("q"));

    assertThat(harness.extractOutputValues()).hasSize(4);
  }

  private void scored(DecisionRecord record) throws Exception {
    List<RewardTuple> tuples =
        List.of(
            RewardTuple.newBuilder().setRolloutId("q#0").build(),
            RewardTuple.newBuilder().setRolloutId("q#identity").build());
    for (EngineOutcome outcome : EngineOutcome.scored(record, tuples)) {
      harness.processElement(outcome, 0);
    }
  }

  private void refused(DecisionRecord record) throws Exception {
    for (EngineOutcome outcome :
        EngineOutcome.refused(
            record, record.refused(DeadLetterReason.ENGINE_UNAVAILABLE, "away"))) {
      harness.processElement(outcome, 0);
    }
  }

  private List<LedgerMark> marks() {
    List<LedgerMark> marks = new ArrayList<>();
    harness
        .getSideOutput(SideOutputs.LEDGER)
        .forEach(entry -> marks.add(((LedgerEntry) entry.getValue()).mark()));
    return marks;
  }
}

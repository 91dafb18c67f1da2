package io.searchloop.jobs.health;

import static io.searchloop.jobs.health.Trials.ACTIVE;
import static io.searchloop.jobs.health.Trials.RELEASE;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.fixtures.AvroTypes;
import io.searchloop.learning.experiment.VisitorOutcome;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.PolicyControl;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JudgeCandidateTest {
  private final SplittableRandom random = new SplittableRandom(3);
  private KeyedTwoInputStreamOperatorTestHarness<String, TrialVisitor, TrialHead, PolicyControl>
      judge;

  @BeforeEach
  void open() throws Exception {
    judge = harness();
    judge.open();
  }

  @AfterEach
  void close() throws Exception {
    judge.close();
  }

  @Test
  void takesAStepAfterEnoughVisitorsAndOnlyOnceUponAHead() throws Exception {
    head(3, false, 10);
    visitors(2_000, 10, 10, 1);

    assertThat(proposals())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.getAction()).isEqualTo(ControlAction.CANARY);
              assertThat(step.getPolicyVersion()).isEqualTo(RELEASE);
              assertThat(step.getPercent()).isEqualTo(25);
              assertThat(step.getExpectedHead()).isEqualTo(3);
              assertThat(step.getDecisionId()).isEqualTo("health/CANARY/9/3");
              assertThat(step.getWhy()).contains("no harm after");
            });
  }

  @Test
  void promotesWhatIsNoWorse() throws Exception {
    head(3, false, 50);
    visitors(36_000, 50, 50, 1); // as many as make the ratio of the arms certain

    assertThat(proposals())
        .singleElement()
        .satisfies(
            promotion -> {
              assertThat(promotion.getAction()).isEqualTo(ControlAction.PROMOTE);
              assertThat(promotion.getPolicyVersion()).isEqualTo(RELEASE);
            });
  }

  @Test
  void rollsBackToTheControlAlsoWhenFrozen() throws Exception {
    head(3, true, 50);
    visitors(4_000, 50, 50, .3);

    assertThat(proposals())
        .singleElement()
        .satisfies(
            rollback -> {
              assertThat(rollback.getAction()).isEqualTo(ControlAction.ROLLBACK);
              assertThat(rollback.getPolicyVersion()).isEqualTo(ACTIVE);
              assertThat(rollback.getWhy()).contains("release 9, reward:");
            });
  }

  @Test
  void takesNoStepWhileFrozenAndTheStepOnceUnfrozen() throws Exception {
    head(3, true, 10);
    visitors(2_000, 10, 10, 1);
    assertThat(proposals()).isEmpty();

    head(4, false, 10);
    assertThat(proposals()).extracting(PolicyControl::getExpectedHead).containsExactly(4L);
  }

  @Test
  void judgesAnewWhenAnotherAuthorCameFirst() throws Exception {
    head(3, false, 10);
    visitors(2_000, 10, 10, 1);
    head(4, false, 10);

    assertThat(proposals())
        .extracting(PolicyControl::getDecisionId)
        .containsExactly("health/CANARY/9/3", "health/CANARY/9/4");
  }

  @Test
  void freezesOnceWhenVisitorsAreMissingAndNeverPromotes() throws Exception {
    head(3, false, 50);
    visitors(20_000, 50, 40, 1);
    head(4, true, 50);
    visitors(2_000, 50, 40, 1);
    head(5, false, 50); // unfrozen by an operator
    visitors(20_000, 50, 50, 1);

    assertThat(proposals())
        .singleElement()
        .satisfies(
            hold -> {
              assertThat(hold.getAction()).isEqualTo(ControlAction.FREEZE);
              assertThat(hold.getWhy()).contains("sample ratio");
            });
  }

  @Test
  void freezesAgainWhenAnotherAuthorCameBeforeTheFreeze() throws Exception {
    head(3, false, 50);
    visitors(20_000, 50, 40, 1);
    head(4, false, 50); // the freeze upon head 3 is void
    head(5, true, 50);
    head(6, false, 50); // unfrozen by an operator
    visitors(2_000, 50, 40, 1);

    assertThat(proposals())
        .extracting(PolicyControl::getDecisionId)
        .containsExactly("health/FREEZE/9/3", "health/FREEZE/9/4");
  }

  @Test
  void forgetsATrialThatIsOver() throws Exception {
    head(3, false, 50);
    visitors(100, 50, 50, 1);
    judge.processElement2(new TrialHead(4, RELEASE, false, -1, 0), 0);
    visitors(4_000, 50, 50, .3);

    assertThat(proposals()).isEmpty();
    assertThat(judge.numKeyedStateEntries()).isEqualTo(1); // the head
  }

  @Test
  void goesOnWhereItWasAfterARestore() throws Exception {
    head(3, false, 50);
    visitors(2_000, 50, 50, .6);
    int before = proposals().size();
    var state = judge.snapshot(1, 0);
    judge.close();
    judge = harness();
    judge.initializeState(state);
    judge.open();
    visitors(4_000, 50, 50, .3);

    assertThat(before + proposals().size()).isEqualTo(1);
  }

  private void head(long offset, boolean frozen, int percent) throws Exception {
    judge.processElement2(new TrialHead(offset, ACTIVE, frozen, RELEASE, percent), 0);
  }

  /**
   * @param percent assigned share
   * @param seen share that arrives
   */
  private void visitors(int count, int percent, int seen, double earning) throws Exception {
    for (int i = 0; i < count; i++) {
      boolean candidate = random.nextInt(100) < seen;
      double reward = random.nextDouble() * (candidate ? earning : 1);
      judge.processElement1(
          new TrialVisitor(
              RELEASE,
              new VisitorOutcome(
                  candidate, percent, reward, 0, 20 + random.nextInt(9), random.nextInt(2), 9)),
          0);
    }
  }

  private List<PolicyControl> proposals() {
    return judge.extractOutputValues();
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, TrialVisitor, TrialHead, PolicyControl>
      harness() throws Exception {
    AvroTypes.register();
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(new JudgeCandidate(Trials.config())),
        (TrialVisitor visitor) -> "policy",
        (TrialHead head) -> "policy",
        Types.STRING);
  }
}

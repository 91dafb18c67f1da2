package io.searchloop.jobs.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.fixtures.AvroTypes;
import io.searchloop.policy.control.ControlEntry;
import io.searchloop.policy.control.ControlEntry.Action;
import io.searchloop.schemas.PolicyControl;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PromoteReleasesTest {
  private KeyedTwoInputStreamOperatorTestHarness<String, ReleaseEntry, ControlEntry, PolicyControl>
      promote = open(HealthConfig.Promotion.DIRECT);
  private long now;

  @AfterEach
  void close() throws Exception {
    promote.close();
  }

  @Test
  void promotesTheFirstReleaseOnAnEmptyLog() throws Exception {
    release(5, -1);

    PolicyControl proposal = decide().get(0);

    assertThat(proposal.getPolicyVersion()).isEqualTo(5);
    assertThat(proposal.getExpectedHead()).isEqualTo(-1);
    assertThat(proposal.getDecisionId()).isEqualTo("direct/5/-1");
  }

  @Test
  void waitsForItsOwnRecordBeforeTheNextRelease() throws Exception {
    release(5, -1);
    decide();
    release(9, -1);
    assertThat(decide()).hasSize(1);

    control(0, "direct/5/-1", Action.PROMOTE, 5, -1);

    assertThat(decide()).extracting(PolicyControl::getPolicyVersion).containsExactly(5L, 9L);
    assertThat(decide().get(1).getExpectedHead()).isZero();
  }

  @Test
  void proposesAgainWhenAnotherRecordCameFirst() throws Exception {
    release(5, -1);
    decide();
    control(0, "operator-1", Action.FREEZE, -1, -1);
    control(1, "direct/5/-1", Action.PROMOTE, 5, -1);
    assertThat(decide()).as("frozen").hasSize(1);
    control(2, "operator-2", Action.UNFREEZE, -1, 0);

    assertThat(decide()).hasSize(2);
    assertThat(decide().get(1).getDecisionId()).isEqualTo("direct/5/2");
  }

  @Test
  void leavesReleasesOfAWithdrawnLineage() throws Exception {
    release(5, -1);
    control(0, "direct/5/-1", Action.PROMOTE, 5, -1);
    control(1, "operator", Action.ROLLBACK, 5, 0);
    release(9, -1);
    assertThat(decide()).isEmpty();

    release(11, 1);

    assertThat(decide()).extracting(PolicyControl::getPolicyVersion).containsExactly(11L);
  }

  @Test
  void promotesNothingThatWasRefused() throws Exception {
    promote.processElement1(new ReleaseEntry(5, -1, 1, ReleaseEntry.Status.REFUSED), 0);

    assertThat(decide()).isEmpty();
  }

  @Test
  void leavesPromotionToOperatorsWhenManual() throws Exception {
    promote.close();
    promote = open(HealthConfig.Promotion.MANUAL);
    release(5, -1);

    assertThat(decide()).isEmpty();
  }

  @Test
  void doesNotRepeatAProposalAfterARestore() throws Exception {
    release(5, -1);
    decide();
    var state = promote.snapshot(1, 0);
    promote.close();
    promote = harness(HealthConfig.Promotion.DIRECT);
    promote.initializeState(state);
    promote.open();
    release(9, -1);

    assertThat(decide()).isEmpty();
  }

  private void release(long version, long lineage) throws Exception {
    promote.processElement1(
        new ReleaseEntry(version, lineage, version, ReleaseEntry.Status.RELEASED), 0);
  }

  private void control(long offset, String id, Action action, long version, long head)
      throws Exception {
    promote.processElement2(new ControlEntry(offset, id, action, version, head), 0);
  }

  /** Everything proposed so far, once the settle time has passed. */
  private List<PolicyControl> decide() throws Exception {
    now += 1_000;
    promote.setProcessingTime(now);
    return promote.extractOutputValues();
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, ReleaseEntry, ControlEntry, PolicyControl>
      open(HealthConfig.Promotion promotion) {
    try {
      var harness = harness(promotion);
      harness.open();
      return harness;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyedTwoInputStreamOperatorTestHarness<
          String, ReleaseEntry, ControlEntry, PolicyControl>
      harness(HealthConfig.Promotion promotion) throws Exception {
    AvroTypes.register();
    return new KeyedTwoInputStreamOperatorTestHarness<>(
        new KeyedCoProcessOperator<>(
            new PromoteReleases(new HealthConfig(promotion, Duration.ofMillis(50)))),
        release -> "policy",
        entry -> "policy",
        Types.STRING);
  }
}

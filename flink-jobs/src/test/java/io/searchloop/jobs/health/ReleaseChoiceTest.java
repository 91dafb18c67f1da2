package io.searchloop.jobs.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.jobs.health.HealthConfig.Promotion;
import io.searchloop.policy.control.Candidate;
import io.searchloop.policy.control.PolicyHead;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.PolicyControl;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReleaseChoiceTest {
  private static final PolicyHead FIVE = new PolicyHead(3, 5, -1, false);

  @Test
  void promotesTheVeryFirstReleaseWithoutATrial() {
    PolicyControl first = next(Promotion.CANARY, PolicyHead.EMPTY, 5, 7).orElseThrow();

    assertThat(first.getAction()).isEqualTo(ControlAction.PROMOTE);
    assertThat(first.getPolicyVersion()).isEqualTo(5);
  }

  @Test
  void triesTheNewestAndPassesOverThoseBetween() {
    PolicyControl named = next(Promotion.CANARY, FIVE, 5, 7, 9).orElseThrow();

    assertThat(named.getAction()).isEqualTo(ControlAction.CANDIDATE);
    assertThat(named.getPolicyVersion()).isEqualTo(9);
    assertThat(named.getDecisionId()).isEqualTo("candidate/9/3");
    assertThat(named.getExpectedHead()).isEqualTo(3);
  }

  @Test
  void givesANamedReleaseItsFirstShare() {
    PolicyControl begun = next(Promotion.CANARY, trial(Candidate.Stage.NAMED, 0, -1), 9).get();

    assertThat(begun.getAction()).isEqualTo(ControlAction.CANARY);
    assertThat(begun.getPolicyVersion()).isEqualTo(9);
    assertThat(begun.getPercent()).isEqualTo(1);
  }

  @Test
  void namesANewerReleaseToWaitAndEachOnlyOnce() {
    PolicyHead running = trial(Candidate.Stage.CANARY, 10, -1);

    assertThat(next(Promotion.CANARY, running, 5, 9)).isEmpty();
    assertThat(next(Promotion.CANARY, running, 5, 9, 11))
        .get()
        .extracting(PolicyControl::getPolicyVersion)
        .isEqualTo(11L);
    assertThat(next(Promotion.CANARY, trial(Candidate.Stage.CANARY, 10, 11), 5, 9, 11)).isEmpty();
  }

  @Test
  void leavesAShadowToItsOperator() {
    assertThat(next(Promotion.CANARY, trial(Candidate.Stage.SHADOW, 0, -1), 5, 9)).isEmpty();
  }

  @Test
  void leavesOtherLineagesAlone() {
    PolicyHead rolledBack = new PolicyHead(4, 5, 4, false);

    assertThat(next(Promotion.CANARY, rolledBack, 5, 9)).isEmpty();
    assertThat(next(Promotion.DIRECT, rolledBack, 5, 9)).isEmpty();
    assertThat(next(Promotion.MANUAL, FIVE, 5, 9)).isEmpty();
  }

  private static PolicyHead trial(Candidate.Stage stage, int percent, long waiting) {
    return new PolicyHead(3, 5, -1, false, new Candidate(9, stage, percent), waiting);
  }

  private static Optional<PolicyControl> next(
      Promotion promotion, PolicyHead head, long... versions) {
    List<ReleaseEntry> releases =
        LongStream.of(versions)
            .mapToObj(v -> new ReleaseEntry(v, -1, v, ReleaseEntry.Status.RELEASED))
            .toList();
    return new ReleaseChoice(promotion).next(head, releases);
  }
}

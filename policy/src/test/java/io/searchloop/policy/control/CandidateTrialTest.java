package io.searchloop.policy.control;

import static io.searchloop.policy.control.ControlEntry.Action.CANARY;
import static io.searchloop.policy.control.ControlEntry.Action.CANDIDATE;
import static io.searchloop.policy.control.ControlEntry.Action.FREEZE;
import static io.searchloop.policy.control.ControlEntry.Action.PROMOTE;
import static io.searchloop.policy.control.ControlEntry.Action.ROLLBACK;
import static io.searchloop.policy.control.ControlEntry.Action.SHADOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.policy.control.Candidate.Stage;
import io.searchloop.policy.control.ControlEntry.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CandidateTrialTest {
  private static final Map<Long, Long> LINEAGES =
      Map.of(3L, -1L, 5L, -1L, 6L, -1L, 8L, -1L, 9L, -1L);

  private final List<ControlEntry> entries = new ArrayList<>();

  @Test
  void walksATrialFromNamingToPromotion() {
    decide(PROMOTE, 3);
    decide(CANDIDATE, 5);
    assertThat(head().candidate()).isEqualTo(new Candidate(5, Stage.NAMED, 0));
    decide(SHADOW, 5);
    assertThat(head().candidate()).isEqualTo(new Candidate(5, Stage.SHADOW, 0));
    canary(5, 10);
    assertThat(head().candidate()).isEqualTo(new Candidate(5, Stage.CANARY, 10));
    assertThat(head().activeVersion()).isEqualTo(3);
    decide(PROMOTE, 5);

    assertThat(head()).isEqualTo(new PolicyHead(4, 5, -1, false));
  }

  @Test
  void letsOnlyTheNewestWaitForATrial() {
    decide(PROMOTE, 3);
    canary(5, 1);
    decide(CANDIDATE, 6);
    decide(CANDIDATE, 9);

    assertThat(head().waitingVersion()).isEqualTo(9);
    assertThat(decide(CANDIDATE, 8)).contains("8 is not newer than 9");
    assertThat(head().candidate().version()).isEqualTo(5);

    decide(PROMOTE, 5);
    assertThat(head().candidate()).isEqualTo(new Candidate(9, Stage.NAMED, 0));
    assertThat(head().waitingVersion()).isEqualTo(-1);
  }

  @Test
  void refusesASecondTrialBesideTheFirst() {
    decide(PROMOTE, 3);
    canary(5, 1);

    assertThat(canary(6, 1)).contains("release 5 is on trial").contains("ROLLBACK to 3");
    assertThat(decide(SHADOW, 6)).contains("release 5 is on trial");
    assertThat(canary(5, 0)).contains("0 %, expected 1 to 100");
    assertThat(canary(5, 101)).contains("101 %");
    assertThat(canary(3, 5)).contains("release 3 is active already");
    assertThat(head().candidate()).isEqualTo(new Candidate(5, Stage.CANARY, 1));
  }

  @Test
  void beginsANewerTrialAnewWhenAnotherReleaseIsPromoted() {
    decide(PROMOTE, 3);
    canary(8, 50);
    decide(CANDIDATE, 9);
    decide(PROMOTE, 6);

    assertThat(head().activeVersion()).isEqualTo(6);
    assertThat(head().candidate()).isEqualTo(new Candidate(8, Stage.NAMED, 0));
    assertThat(head().waitingVersion()).isEqualTo(9);
  }

  @Test
  void endsEveryTrialWithARollback() {
    decide(PROMOTE, 3);
    canary(5, 25);
    decide(CANDIDATE, 9);
    decide(ROLLBACK, 3);

    assertThat(head()).isEqualTo(new PolicyHead(3, 3, 3, false));
    assertThat(decide(CANDIDATE, 9)).contains("lineage -1").contains("lineage is 3");
  }

  @Test
  void keepsTheShareOfAFrozenTrialWhereItIs() {
    decide(PROMOTE, 3);
    canary(5, 5);
    decide(FREEZE, -1);

    assertThat(canary(5, 10)).contains("frozen");
    assertThat(head().candidate()).isEqualTo(new Candidate(5, Stage.CANARY, 5));
  }

  private String canary(long version, int percent) {
    return add(CANARY, version, percent);
  }

  private String decide(Action action, long version) {
    return add(action, version, 0);
  }

  /** Why the decision is void; empty when it took effect. */
  private String add(Action action, long version, int percent) {
    int offset = entries.size();
    entries.add(
        new ControlEntry(offset, "d" + offset, action, version, head().headOffset(), percent));
    return fold().verdicts().get(offset).reason();
  }

  private PolicyHead head() {
    return fold().head();
  }

  private ControlLog fold() {
    return ControlLog.fold(
        entries,
        version ->
            LINEAGES.containsKey(version)
                ? OptionalLong.of(LINEAGES.get(version))
                : OptionalLong.empty());
  }
}

package io.searchloop.policy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseBase;
import io.searchloop.policy.release.ReleaseManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReleaseRetentionTest {
  private final TreeMap<Long, ReleaseManifest> releases = new TreeMap<>();
  private final List<ControlEntry> decisions = new ArrayList<>();

  @Test
  void keepsTheWarmStartTheNewestAndWhatIsServed() {
    keyframes(0, 2, 4, 6, 8, 10);

    assertThat(keep(2, 4)).containsExactly(0L, 4L, 8L, 10L);
  }

  @Test
  void keepsWhatWasLastDecidedAboutAndEveryRollbackTarget() {
    keyframes(0, 2, 4, 6, 8, 10, 12);
    decide(ControlEntry.Action.ROLLBACK, 2);
    decide(ControlEntry.Action.PROMOTE, 4);
    decide(ControlEntry.Action.PROMOTE, 6);
    decide(ControlEntry.Action.CANARY, 8);

    assertThat(keep(1, 6)).containsExactly(0L, 2L, 6L, 8L, 12L);
  }

  @Test
  void keepsTheBasesOfADeltaDownToItsKeyframe() {
    keyframes(0, 2, 10);
    delta(4, 2, 1);
    delta(6, 4, 2);
    delta(8, 6, 3);

    assertThat(keep(1, 6)).containsExactly(0L, 2L, 4L, 6L, 10L);
  }

  @Test
  void keepsWhatIsPinned() {
    keyframes(0, 2, 4, 6);

    assertThat(new ReleaseRetention(1, Set.of(2L, 99L)).keep(releases, decisions, 6))
        .containsExactly(0L, 2L, 6L);
  }

  @Test
  void neverKeepsNothing() {
    assertThatThrownBy(() -> new ReleaseRetention(0, Set.of()))
        .hasMessageContaining("expected one at least");
  }

  private Set<Long> keep(int newest, long active) {
    return new ReleaseRetention(newest, Set.of()).keep(releases, decisions, active);
  }

  private void keyframes(long... versions) {
    for (long version : versions) {
      releases.put(
          version,
          new ReleaseManifest(
              ReleaseManifest.FORMAT,
              "r" + version,
              -1,
              -1,
              version,
              1,
              100,
              "hash-" + version,
              "",
              new PolicyProvenance("training", 0, 0, 0, Map.of(), Map.of(), Map.of(), "test", 0)));
    }
  }

  private void delta(long version, long base, int depth) {
    keyframes(version);
    releases.computeIfPresent(
        version,
        (key, manifest) -> manifest.onBase(new ReleaseBase(base, "hash-" + base, depth, 10), 1));
  }

  private void decide(ControlEntry.Action action, long version) {
    decisions.add(
        new ControlEntry(
            decisions.size(), "d" + decisions.size(), action, version, decisions.size() - 1));
  }
}

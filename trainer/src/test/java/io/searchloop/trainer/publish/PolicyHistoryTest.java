package io.searchloop.trainer.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.policy.control.ControlEntry;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseManifest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyHistoryTest {
  private final ReleaseEntry first = entry(0, true, -1);
  private final ReleaseEntry second = entry(2, true, -1);
  private final ReleaseEntry refused = entry(4, false, -1);

  @Test
  void continuesFromTheNewestReleaseNotFromARefusal() {
    PolicyHistory history = PolicyHistory.of(List.of(first, second, refused), List.of());

    assertThat(history.first()).contains(first);
    assertThat(history.newest()).contains(refused);
    assertThat(history.base()).contains(second);
  }

  @Test
  void continuesFromTheVersionARollbackNamed() {
    PolicyHistory history =
        PolicyHistory.of(List.of(first, second, refused), List.of(rollback(0, 0, -1)));

    assertThat(history.base()).contains(first);
    assertThat(history.head().lineage()).isZero();
  }

  @Test
  void continuesFromTheNewLineageOnceItHasARelease() {
    ReleaseEntry ofNewLineage = entry(6, true, 0);

    PolicyHistory history =
        PolicyHistory.of(List.of(first, second, ofNewLineage), List.of(rollback(0, 0, -1)));

    assertThat(history.base()).contains(ofNewLineage);
  }

  @Test
  void ignoresRollbacksToRefusalsAndThoseOfAnOutdatedView() {
    PolicyHistory history =
        PolicyHistory.of(
            List.of(first, second, refused), List.of(rollback(0, 4, -1), rollback(1, 0, 17)));

    assertThat(history.head().lineage()).isEqualTo(-1);
    assertThat(history.base()).contains(second);
  }

  @Test
  void hasNothingToContinueFromBeforeTheFirstRelease() {
    assertThat(PolicyHistory.EMPTY.base()).isEmpty();
    assertThat(PolicyHistory.EMPTY.first()).isEmpty();
  }

  private static ControlEntry rollback(long offset, long version, long expectedHead) {
    return new ControlEntry(
        offset, "decision-" + offset, ControlEntry.Action.ROLLBACK, version, expectedHead);
  }

  private static ReleaseEntry entry(long version, boolean released, long lineage) {
    PolicyProvenance provenance =
        new PolicyProvenance("training", 0, 0, 0, Map.of(), Map.of(), Map.of(), "test", 0);
    return new ReleaseEntry(
        version,
        released,
        new ReleaseManifest(1, "release-" + version, -1, lineage, 0, 0, 0, "", "", provenance));
  }
}

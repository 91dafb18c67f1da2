package io.searchloop.policy.control;

import static io.searchloop.policy.control.ControlEntry.Action.FREEZE;
import static io.searchloop.policy.control.ControlEntry.Action.PROMOTE;
import static io.searchloop.policy.control.ControlEntry.Action.ROLLBACK;
import static io.searchloop.policy.control.ControlEntry.Action.UNFREEZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.searchloop.policy.control.ControlEntry.Action;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ControlLogTest {
  private final Map<Long, Long> lineages = new HashMap<>(Map.of(3L, -1L, 8L, -1L));
  private final List<ControlEntry> entries = new ArrayList<>();

  @Test
  void promotesAReleaseOfTheLineage() {
    decide(0, PROMOTE, 3, -1);
    decide(1, PROMOTE, 8, 0);

    assertThat(fold().head()).isEqualTo(new PolicyHead(1, 8, -1, false));
  }

  @Test
  void voidsADecisionOnAnOutdatedHead() {
    decide(0, PROMOTE, 3, -1);
    decide(1, PROMOTE, 8, -1);

    assertThat(fold().head().activeVersion()).isEqualTo(3);
    assertThat(fold().verdicts().get(1).reason()).contains("expected head -1, found 0");
  }

  @Test
  void countsARepeatedDecisionOnce() {
    entries.add(new ControlEntry(0, "d", FREEZE, -1, -1));
    entries.add(new ControlEntry(1, "d", FREEZE, -1, 0));

    assertThat(fold().head().headOffset()).isZero();
    assertThat(fold().verdicts().get(1).effective()).isFalse();
  }

  @Test
  void neverActivatesTheWithdrawnLineage() {
    decide(0, PROMOTE, 3, -1);
    decide(1, PROMOTE, 8, 0);
    decide(2, ROLLBACK, 3, 1);
    lineages.put(12L, -1L);
    decide(3, PROMOTE, 12, 2);
    lineages.put(15L, 2L);
    decide(4, PROMOTE, 15, 2);

    assertThat(fold().verdicts().get(3).reason()).contains("lineage -1").contains("lineage is 2");
    assertThat(fold().head()).isEqualTo(new PolicyHead(4, 15, 2, false));
  }

  @Test
  void rollsBackWhileFrozenButDoesNotPromote() {
    decide(0, PROMOTE, 8, -1);
    decide(1, FREEZE, -1, 0);
    decide(2, PROMOTE, 3, 1);
    decide(3, ROLLBACK, 3, 1);
    decide(4, UNFREEZE, -1, 3);

    ControlLog log = fold();
    assertThat(log.verdicts().get(2).reason()).contains("frozen");
    assertThat(log.head()).isEqualTo(new PolicyHead(4, 3, 3, false));
  }

  @Test
  void refusesReleasesNobodyKnows() {
    decide(0, ROLLBACK, 99, -1);

    assertThat(fold().verdicts().get(0).reason()).contains("no release at offset 99");
    assertThat(fold().head()).isEqualTo(PolicyHead.EMPTY);
  }

  private void decide(long offset, Action action, long version, long expectedHead) {
    entries.add(new ControlEntry(offset, "d" + offset, action, version, expectedHead));
  }

  private ControlLog fold() {
    return ControlLog.fold(
        entries,
        version ->
            lineages.containsKey(version)
                ? OptionalLong.of(lineages.get(version))
                : OptionalLong.empty());
  }
}

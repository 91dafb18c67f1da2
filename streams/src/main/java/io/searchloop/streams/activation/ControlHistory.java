package io.searchloop.streams.activation;

import io.searchloop.policy.control.ControlEntry;
import io.searchloop.policy.control.ControlLog;
import io.searchloop.policy.control.Verdict;
import io.searchloop.schemas.PolicyControl;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the control topic said so far. Folded from the start each time: a record may name a release
 * that is read after it, and folding thousands of records takes a millisecond.
 */
final class ControlHistory {
  private final List<ControlEntry> entries = new ArrayList<>();
  private final Map<Long, String> authors = new HashMap<>();
  private long readTo = -1;

  void add(long offset, PolicyControl control) {
    readTo = offset;
    authors.put(offset, control.getWho());
    entries.add(
        new ControlEntry(
            offset,
            control.getDecisionId(),
            ControlEntry.Action.valueOf(control.getAction().name()),
            control.getPolicyVersion(),
            control.getExpectedHead(),
            control.getPercent()));
  }

  /** Offset of the last record; -1 before the first. */
  long readTo() {
    return readTo;
  }

  /** Who wrote the record at an offset; empty when there is none. */
  String author(long offset) {
    return authors.getOrDefault(offset, "");
  }

  /** Offset of the last effective record that a person wrote; -1 for none. */
  long personalHead(ControlLog folded) {
    return folded.verdicts().stream()
        .filter(Verdict::effective)
        .mapToLong(Verdict::offset)
        .filter(offset -> !author(offset).equals(ControlLog.LOOP))
        .max()
        .orElse(-1);
  }

  ControlLog fold(ReleaseLog releases) {
    return ControlLog.fold(entries, releases::lineageOf);
  }
}

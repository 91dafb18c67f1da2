package io.searchloop.streams.activation;

import io.searchloop.policy.control.ControlEntry;
import io.searchloop.policy.control.ControlLog;
import io.searchloop.schemas.PolicyControl;
import java.util.ArrayList;
import java.util.List;

/**
 * What the control topic said so far. Folded from the start each time: a record may name a release
 * that is read after it, and folding thousands of records takes a millisecond.
 */
final class ControlHistory {
  private final List<ControlEntry> entries = new ArrayList<>();

  void add(long offset, PolicyControl control) {
    entries.add(
        new ControlEntry(
            offset,
            control.getDecisionId(),
            ControlEntry.Action.valueOf(control.getAction().name()),
            control.getPolicyVersion(),
            control.getExpectedHead(),
            control.getPercent()));
  }

  ControlLog fold(ReleaseLog releases) {
    return ControlLog.fold(entries, releases::lineageOf);
  }
}

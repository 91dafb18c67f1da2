package io.searchloop.jobs.io;

import io.searchloop.jobs.health.ReleaseEntry;
import io.searchloop.policy.control.ControlEntry;
import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.ReleaseStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the logs of the policy; a record's offset is part of its meaning there. */
final class PolicyRecords {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyRecords.class);

  private PolicyRecords() {}

  static ReleaseEntry release(long offset, PolicyRelease release) {
    if (release.getStatus() != ReleaseStatus.RELEASED) {
      return new ReleaseEntry(offset, -1, 0, ReleaseEntry.Status.REFUSED);
    }
    try {
      ReleaseManifest manifest = ReleaseManifest.fromJson(Packed.bytes(release.getManifest()));
      return new ReleaseEntry(
          offset, manifest.lineage(), manifest.step(), ReleaseEntry.Status.RELEASED);
    } catch (InvalidReleaseException e) {
      LOG.warn("Release is not promotable policyVersion={} reason={}", offset, e.getMessage());
      return new ReleaseEntry(offset, -1, 0, ReleaseEntry.Status.UNREADABLE);
    }
  }

  static ControlEntry control(long offset, PolicyControl control) {
    return new ControlEntry(
        offset,
        control.getDecisionId(),
        ControlEntry.Action.valueOf(control.getAction().name()),
        control.getPolicyVersion(),
        control.getExpectedHead(),
        control.getPercent());
  }
}

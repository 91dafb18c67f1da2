package io.searchloop.jobs.health;

import io.searchloop.policy.control.Candidate;
import io.searchloop.policy.control.ControlLog;
import io.searchloop.policy.control.PolicyHead;
import io.searchloop.schemas.ControlAction;
import io.searchloop.schemas.PolicyControl;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Which record about a release is to be written next, upon a head that is not frozen. Direct
 * promotion takes every release, oldest first. A canary names the newest release and gives it its
 * first share of visitors; those in between are passed over, because each trial costs days and the
 * newest has learnt from all of them. The very first release is promoted at once: there is nothing
 * to compare it with. Pure.
 */
final class ReleaseChoice {
  private static final int FIRST_SHARE = 1;
  private static final int ALL = 100;

  private final HealthConfig.Promotion promotion;

  ReleaseChoice(HealthConfig.Promotion promotion) {
    this.promotion = promotion;
  }

  /** The next record, not yet dated; empty when there is nothing to decide. */
  Optional<PolicyControl> next(PolicyHead head, Iterable<ReleaseEntry> releases) {
    return switch (promotion) {
      case MANUAL -> Optional.empty();
      case DIRECT -> direct(head, releases);
      case CANARY -> head.activeVersion() < 0 ? direct(head, releases) : canary(head, releases);
    };
  }

  private static Optional<PolicyControl> direct(PolicyHead head, Iterable<ReleaseEntry> releases) {
    return newer(head, releases, head.activeVersion())
        .min(Comparator.comparingLong(ReleaseEntry::policyVersion))
        .map(
            release ->
                control(
                    head,
                    "direct/" + release.policyVersion(),
                    ControlAction.PROMOTE,
                    release.policyVersion(),
                    ALL,
                    "direct promotion of step " + release.step()));
  }

  private static Optional<PolicyControl> canary(PolicyHead head, Iterable<ReleaseEntry> releases) {
    Candidate candidate = head.candidate();
    if (candidate.stage() == Candidate.Stage.NAMED) {
      return Optional.of(
          control(
              head,
              "canary/" + candidate.version(),
              ControlAction.CANARY,
              candidate.version(),
              FIRST_SHARE,
              "the trial begins"));
    }
    long known =
        Math.max(head.activeVersion(), Math.max(candidate.version(), head.waitingVersion()));
    return newer(head, releases, known)
        .max(Comparator.comparingLong(ReleaseEntry::policyVersion))
        .map(
            release ->
                control(
                    head,
                    "candidate/" + release.policyVersion(),
                    ControlAction.CANDIDATE,
                    release.policyVersion(),
                    0,
                    "newest release, of step " + release.step()));
  }

  private static Stream<ReleaseEntry> newer(
      PolicyHead head, Iterable<ReleaseEntry> releases, long version) {
    return StreamSupport.stream(releases.spliterator(), false)
        .filter(release -> release.lineage() == head.lineage())
        .filter(release -> release.policyVersion() > version);
  }

  private static PolicyControl control(
      PolicyHead head, String id, ControlAction action, long version, int percent, String why) {
    return PolicyControl.newBuilder()
        .setDecisionId(id + "/" + head.headOffset())
        .setAction(action)
        .setPolicyVersion(version)
        .setPercent(percent)
        .setWho(ControlLog.LOOP)
        .setWhy(why)
        .setExpectedHead(head.headOffset())
        .build();
  }
}

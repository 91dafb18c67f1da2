package io.searchloop.app.console.view;

import io.searchloop.app.console.view.PolicyTimeline.TimelineDecision;
import io.searchloop.app.console.view.PolicyTimeline.TimelineRelease;
import io.searchloop.app.log.PolicyHistory;
import io.searchloop.app.log.PolicyHistory.Release;
import io.searchloop.policy.control.ControlLog;
import io.searchloop.policy.control.PolicyHead;
import io.searchloop.policy.control.Verdict;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.PolicyControl;
import io.searchloop.schemas.PolicyRelease;
import io.searchloop.schemas.log.Located;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** Releases and decisions read so far, folded anew when either grew. Thread-safe. */
final class PolicyLog {
  private static final int MOST = 500;

  private final List<Release> releases = new ArrayList<>();
  private final List<Located<PolicyControl>> decisions = new ArrayList<>();
  private PolicyHistory history = PolicyHistory.of(List.of(), List.of());
  private boolean grown;

  synchronized void release(Located<PolicyRelease> release) {
    releases.add(Release.of(release));
    grown = true;
  }

  synchronized void decision(Located<PolicyControl> decision) {
    decisions.add(decision);
    grown = true;
  }

  synchronized PolicyHead head() {
    return history().control().head();
  }

  /** Newest release or refusal; -1 for none. */
  synchronized long newest() {
    return releases.isEmpty() ? -1 : releases.get(releases.size() - 1).version();
  }

  /** The newest releases and decisions. */
  synchronized PolicyTimeline timeline(LongFunction<MeanFigures> reward) {
    PolicyHistory now = history();
    List<Release> newest = last(now.releases());
    List<TimelineDecision> decided = new ArrayList<>();
    for (int i = Math.max(0, decisions.size() - MOST); i < decisions.size(); i++) {
      decided.add(decision(now.decisions().get(i), now.control().verdicts().get(i)));
    }
    return new PolicyTimeline(
        now.control().head(),
        newest.stream().map(release -> release(release, reward)).toList(),
        decided,
        releases.size() - newest.size());
  }

  private PolicyHistory history() {
    if (grown) {
      history = PolicyHistory.of(releases, decisions);
      grown = false;
    }
    return history;
  }

  private static <T> List<T> last(List<T> all) {
    return all.subList(Math.max(0, all.size() - MOST), all.size());
  }

  private static TimelineRelease release(Release release, LongFunction<MeanFigures> reward) {
    ReleaseManifest manifest = release.manifest();
    PolicyProvenance provenance = manifest.provenance();
    return new TimelineRelease(
        release.version(),
        manifest.releaseId(),
        release.released() ? "" : release.reason(),
        Instant.ofEpochMilli(release.appendedAtMs()),
        manifest.parentVersion(),
        manifest.lineage(),
        manifest.step(),
        provenance.origin(),
        provenance.codeVersion(),
        manifest.base().map(base -> "delta upon " + base.version()).orElse("keyframe"),
        manifest.carriedBytes(),
        provenance.fromMinibatch(),
        provenance.toMinibatch(),
        provenance.trainedMinibatches(),
        provenance.refusedMinibatches(),
        provenance.gate(),
        provenance.config(),
        reward.apply(release.version()));
  }

  private static TimelineDecision decision(Located<PolicyControl> located, Verdict verdict) {
    PolicyControl control = located.value();
    return new TimelineDecision(
        located.offset(),
        control.getTimestamp(),
        control.getAction().name(),
        control.getPolicyVersion(),
        control.getPercent(),
        control.getWho(),
        control.getWhy(),
        control.getExpectedHead(),
        control.getWho().equals(ControlLog.LOOP),
        verdict.effective(),
        verdict.reason());
  }
}

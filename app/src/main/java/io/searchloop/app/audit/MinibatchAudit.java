package io.searchloop.app.audit;

import io.searchloop.app.log.PolicyHistory.Release;
import io.searchloop.policy.release.PolicyProvenance;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalLong;

/**
 * Invariant 2: every minibatch read belongs to exactly one release or refusal, the ranges follow
 * each other without gap or overlap, each range names as many minibatches as the topic holds there,
 * and the trainer's committed offset is the end of a range.
 */
final class MinibatchAudit {
  private final List<String> violations = new ArrayList<>();
  private long accounted;
  private long releasesOfExpired;

  /**
   * @param offsets where minibatches lie
   * @param beginning first offset that has not expired; releases of earlier minibatches are taken
   *     at their word
   */
  static MinibatchAudit of(
      List<Release> releases,
      NavigableSet<Long> offsets,
      long beginning,
      OptionalLong committedOffset) {
    MinibatchAudit audit = new MinibatchAudit();
    long next = 0;
    for (Release release : releases) {
      next = audit.follow(release, next, offsets, beginning);
    }
    committedOffset.ifPresent(committed -> audit.checkCommitted(committed, releases));
    return audit;
  }

  /** Release and offsets commit together, so the committed offset is the end of some range. */
  private void checkCommitted(long committed, List<Release> releases) {
    if (releases.stream().noneMatch(r -> r.manifest().provenance().toMinibatch() == committed)) {
      violations.add(
          "Trainer committed minibatch offset " + committed + ", where no release or refusal ends");
    }
  }

  private long follow(Release release, long next, NavigableSet<Long> offsets, long beginning) {
    PolicyProvenance provenance = release.manifest().provenance();
    if (provenance.fromMinibatch() == provenance.toMinibatch()) {
      return next;
    }
    if (provenance.fromMinibatch() < next
        || !offsets.subSet(next, provenance.fromMinibatch()).isEmpty()) {
      violations.add(
          "Version "
              + release.version()
              + " begins at minibatch "
              + provenance.fromMinibatch()
              + ", the version before it ended at "
              + next);
    }
    long refused =
        provenance.refusedMinibatches().values().stream().mapToLong(Long::longValue).sum();
    long named = provenance.trainedMinibatches() + refused;
    int present = offsets.subSet(provenance.fromMinibatch(), provenance.toMinibatch()).size();
    boolean expired = provenance.fromMinibatch() < beginning;
    if (expired) {
      releasesOfExpired++;
    } else if (named != present) {
      violations.add(
          "Version "
              + release.version()
              + " names "
              + named
              + " minibatches (trained and refused), the topic holds "
              + present
              + " in its range");
    }
    accounted += named;
    return provenance.toMinibatch();
  }

  /** Releases and refusals that name minibatches which have expired. */
  long releasesOfExpired() {
    return releasesOfExpired;
  }

  List<String> violations() {
    return violations;
  }

  long accounted() {
    return accounted;
  }
}

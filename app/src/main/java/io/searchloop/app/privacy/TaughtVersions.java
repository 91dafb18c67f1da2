package io.searchloop.app.privacy;

import io.searchloop.app.log.PolicyHistory;
import io.searchloop.app.log.PolicyHistory.Release;
import io.searchloop.app.privacy.VisitorTrail.LearnedFrom;
import io.searchloop.policy.release.PolicyProvenance;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which versions learned from some minibatches, and which have nothing of them.
 *
 * @param directly versions that trained on them
 * @param descended versions trained from those
 * @param pending minibatches that no release accounts for yet
 * @param serving version that is served; -1 for none
 * @param rollbackTo newest version of the serving one's ancestors without any of them; -1 when the
 *     serving one has none of them either, or there is no such ancestor
 */
public record TaughtVersions(
    List<Long> directly, List<Long> descended, List<Long> pending, long serving, long rollbackTo) {
  private static final long NONE = -1;

  public TaughtVersions {
    directly = List.copyOf(directly);
    descended = List.copyOf(descended);
    pending = List.copyOf(pending);
  }

  /**
   * Looks them up. A minibatch of another lineage than its release's was refused, and a release
   * that the gate refused was never built upon: neither taught anything.
   */
  static TaughtVersions of(PolicyHistory history, List<LearnedFrom> minibatches) {
    TreeMap<Long, Release> released = new TreeMap<>();
    history.releases().stream()
        .filter(Release::released)
        .forEach(release -> released.put(release.version(), release));
    TreeSet<Long> directly = new TreeSet<>();
    List<Long> pending = new ArrayList<>();
    for (LearnedFrom minibatch : minibatches) {
      boolean accounted = false;
      for (Release release : history.releases()) {
        if (accountsFor(release, minibatch.offset())) {
          accounted = true;
          if (release.released() && release.manifest().lineage() == minibatch.lineage()) {
            directly.add(release.version());
          }
        }
      }
      if (!accounted) {
        pending.add(minibatch.offset());
      }
    }
    TreeSet<Long> taught = new TreeSet<>(directly);
    released.forEach(
        (version, release) -> {
          if (taught.contains(release.manifest().parentVersion())) {
            taught.add(version);
          }
        });
    long serving = history.control().head().activeVersion();
    return new TaughtVersions(
        List.copyOf(directly),
        taught.stream().filter(version -> !directly.contains(version)).toList(),
        pending,
        serving,
        taught.contains(serving) ? untaught(serving, released, taught) : NONE);
  }

  /** Whether what is served learned from them. */
  public boolean servingLearned() {
    return directly.contains(serving) || descended.contains(serving);
  }

  private static boolean accountsFor(Release release, long minibatch) {
    PolicyProvenance provenance = release.manifest().provenance();
    return provenance.fromMinibatch() <= minibatch && minibatch < provenance.toMinibatch();
  }

  /** Parents are older, so this ends. */
  private static long untaught(
      long version, TreeMap<Long, Release> released, TreeSet<Long> taught) {
    long ancestor = version;
    while (taught.contains(ancestor)) {
      Release release = released.get(ancestor);
      ancestor = release == null ? NONE : release.manifest().parentVersion();
    }
    return released.containsKey(ancestor) ? ancestor : NONE;
  }
}

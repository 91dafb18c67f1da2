package io.searchloop.policy.control;

import io.searchloop.policy.release.ReleaseBase;
import io.searchloop.policy.release.ReleaseManifest;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which releases keep their pieces: what is served, the warm start, the newest, those last decided
 * about, whatever an operator once rolled back to or pins, and the bases of all of these.
 * Everything else stays in the log as a record, and can be neither activated nor rolled back to.
 * Pure; any thread.
 *
 * @param newest how many of the newest releases, and of those last decided about
 * @param pinned versions to keep whatever happened to them
 */
public record ReleaseRetention(int newest, Set<Long> pinned) {
  public ReleaseRetention {
    pinned = Set.copyOf(pinned);
    if (newest < 1) {
      throw new IllegalArgumentException(
          "Keeping %d releases, expected one at least: the trainer builds upon the newest"
              .formatted(newest));
    }
  }

  /**
   * Versions to keep.
   *
   * @param releases released manifests by version
   * @param decisions control records in offset order
   * @param activeVersion what is served; -1 for nothing
   */
  public Set<Long> keep(
      NavigableMap<Long, ReleaseManifest> releases,
      List<ControlEntry> decisions,
      long activeVersion) {
    Set<Long> keep = new TreeSet<>();
    Stream.of(
            Stream.of(activeVersion),
            pinned.stream(),
            releases.keySet().stream().limit(1),
            releases.descendingKeySet().stream().limit(newest),
            lastDecided(decisions, releases),
            decisions.stream()
                .filter(entry -> entry.action() == ControlEntry.Action.ROLLBACK)
                .map(ControlEntry::policyVersion))
        .flatMap(versions -> versions)
        .filter(releases::containsKey)
        .forEach(version -> keepWithBases(version, releases, keep));
    return keep;
  }

  private Stream<Long> lastDecided(
      List<ControlEntry> decisions, NavigableMap<Long, ReleaseManifest> releases) {
    return decisions.stream()
        .sorted(Comparator.comparingLong(ControlEntry::offset).reversed())
        .map(ControlEntry::policyVersion)
        .filter(releases::containsKey)
        .distinct()
        .limit(newest);
  }

  private static void keepWithBases(
      long version, NavigableMap<Long, ReleaseManifest> releases, Set<Long> keep) {
    Optional<ReleaseManifest> next = Optional.of(version).map(releases::get);
    for (long at = version; next.isPresent() && keep.add(at); ) {
      Optional<ReleaseBase> base = next.get().base();
      at = base.map(ReleaseBase::version).orElse(at);
      next = base.map(ReleaseBase::version).map(releases::get);
    }
  }
}

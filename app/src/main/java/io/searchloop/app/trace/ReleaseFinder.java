package io.searchloop.app.trace;

import io.searchloop.app.log.PolicyHistory.Release;
import io.searchloop.app.trace.QueryTrace.TracedRelease;
import io.searchloop.policy.release.PolicyProvenance;
import io.searchloop.policy.release.ReleaseManifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Releases and refusals by version, and by the minibatches they account for. */
final class ReleaseFinder {
  private final TreeMap<Long, Release> byVersion = new TreeMap<>();
  private final TreeMap<Long, Release> byFirstMinibatch = new TreeMap<>();

  ReleaseFinder(List<Release> releases) {
    for (Release release : releases) {
      PolicyProvenance provenance = release.manifest().provenance();
      byVersion.put(release.version(), release);
      if (provenance.toMinibatch() > provenance.fromMinibatch()) {
        byFirstMinibatch.put(provenance.fromMinibatch(), release);
      }
    }
  }

  /** The release or refusal that accounts for a minibatch; empty while none does. */
  Optional<Release> accountingFor(long minibatch) {
    return Optional.ofNullable(byFirstMinibatch.floorEntry(minibatch))
        .map(Map.Entry::getValue)
        .filter(release -> minibatch < release.manifest().provenance().toMinibatch());
  }

  /** A release with its ancestors. */
  Optional<TracedRelease> release(long version) {
    return Optional.ofNullable(byVersion.get(version)).map(this::traced);
  }

  private TracedRelease traced(Release release) {
    ReleaseManifest manifest = release.manifest();
    PolicyProvenance provenance = manifest.provenance();
    return new TracedRelease(
        release.version(),
        manifest.releaseId(),
        Instant.ofEpochMilli(release.appendedAtMs()),
        manifest.step(),
        manifest.lineage(),
        origin(provenance),
        provenance.codeVersion(),
        manifest.checkpoint(),
        provenance.fromMinibatch(),
        provenance.toMinibatch(),
        provenance.trainedMinibatches(),
        provenance.refusedMinibatches(),
        provenance.gate(),
        ancestors(manifest));
  }

  /** Whose offset a version is must be plain, where it is not one of this log. */
  private static String origin(PolicyProvenance provenance) {
    return provenance
        .origins()
        .map(
            from ->
                "%s (version %d of cluster %s)"
                    .formatted(provenance.origin(), from.version(), from.cluster()))
        .orElse(provenance.origin());
  }

  /** Parents are older, so this ends. */
  private List<Long> ancestors(ReleaseManifest youngest) {
    List<Long> ancestors = new ArrayList<>();
    long version = youngest.parentVersion();
    for (Release parent = byVersion.get(version); parent != null; parent = byVersion.get(version)) {
      ancestors.add(version);
      long next = parent.manifest().parentVersion();
      if (next >= version) {
        break;
      }
      version = next;
    }
    return ancestors;
  }
}

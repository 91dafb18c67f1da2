package io.searchloop.streams.activation;

import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PolicyRelease;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the release topic said so far. Refusals are counted, and can never be activated. */
final class ReleaseLog {
  private static final Logger log = LoggerFactory.getLogger(ReleaseLog.class);

  private final TreeMap<Long, ReleaseManifest> released = new TreeMap<>();
  private int refused;
  private int unreadable;

  void add(long offset, PolicyRelease release) {
    switch (release.getStatus()) {
      case RELEASED -> addReleased(offset, release);
      case REFUSED -> refused++;
      case UNKNOWN -> unreadable++;
    }
  }

  private void addReleased(long offset, PolicyRelease release) {
    try {
      released.put(offset, ReleaseManifest.fromJson(Packed.bytes(release.getManifest())));
    } catch (InvalidReleaseException e) {
      unreadable++;
      log.warn("Release cannot be activated: policyVersion={} reason={}", offset, e.getMessage());
    }
  }

  Optional<ReleaseManifest> manifest(long version) {
    return Optional.ofNullable(released.get(version));
  }

  /** Lineage a release was trained in; empty when no such release is known. */
  OptionalLong lineageOf(long version) {
    ReleaseManifest manifest = released.get(version);
    return manifest == null ? OptionalLong.empty() : OptionalLong.of(manifest.lineage());
  }

  /** The reference: the first release at step 0. */
  Optional<Map.Entry<Long, ReleaseManifest>> warmStart() {
    return released.entrySet().stream().filter(e -> e.getValue().step() == 0).findFirst();
  }

  int released() {
    return released.size();
  }

  int refused() {
    return refused;
  }

  int unreadable() {
    return unreadable;
  }
}

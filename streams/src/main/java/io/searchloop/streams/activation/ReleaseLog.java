package io.searchloop.streams.activation;

import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.signing.CarriedManifest;
import io.searchloop.policy.signing.ReleaseSignature;
import io.searchloop.schemas.Packed;
import io.searchloop.schemas.PolicyRelease;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the release topic said so far. Refusals are counted, and can never be activated. Written by
 * one thread; whether a release is known may be asked by any.
 */
final class ReleaseLog {
  private static final Logger log = LoggerFactory.getLogger(ReleaseLog.class);

  private final NavigableMap<Long, CarriedManifest> released = new ConcurrentSkipListMap<>();
  private int refused;
  private int unreadable;
  private boolean deltas;

  /** Takes note of a record; the reason when it is a release that this worker cannot read. */
  Optional<InvalidReleaseException> add(long offset, PolicyRelease release) {
    switch (release.getStatus()) {
      case RELEASED -> {
        return addReleased(offset, release);
      }
      case REFUSED -> refused++;
      case UNKNOWN -> unreadable++;
    }
    return Optional.empty();
  }

  private Optional<InvalidReleaseException> addReleased(long offset, PolicyRelease release) {
    try {
      CarriedManifest manifest =
          new CarriedManifest(
              offset,
              Packed.bytes(release.getManifest()),
              new ReleaseSignature(release.getKeyId(), Packed.bytes(release.getSignature())),
              release.getFirstChunk());
      released.put(offset, manifest);
      deltas |= manifest.manifest().base().isPresent();
      return Optional.empty();
    } catch (InvalidReleaseException e) {
      unreadable++;
      log.warn("Release cannot be activated: policyVersion={} reason={}", offset, e.getMessage());
      return Optional.of(e);
    }
  }

  Optional<ReleaseManifest> manifest(long version) {
    return carried(version).map(CarriedManifest::manifest);
  }

  /** A release with the bytes that were signed. */
  Optional<CarriedManifest> carried(long version) {
    return Optional.ofNullable(released.get(version));
  }

  /** Whether some release builds upon another, so that artifacts are worth keeping. */
  boolean deltas() {
    return deltas;
  }

  /** Lineage a release was trained in; empty when no such release is known. */
  OptionalLong lineageOf(long version) {
    CarriedManifest carried = released.get(version);
    return carried == null ? OptionalLong.empty() : OptionalLong.of(carried.manifest().lineage());
  }

  /** The reference: the first release at step 0. */
  Optional<Map.Entry<Long, ReleaseManifest>> warmStart() {
    return released.entrySet().stream()
        .filter(e -> e.getValue().manifest().step() == 0)
        .findFirst()
        .map(e -> Map.entry(e.getKey(), e.getValue().manifest()));
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

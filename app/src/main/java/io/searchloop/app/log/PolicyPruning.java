package io.searchloop.app.log;

import io.searchloop.policy.control.ReleaseRetention;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.schemas.client.Brokers;
import io.searchloop.schemas.serde.Serdes;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which releases' pieces nobody needs any more; their records stay for ever.
 *
 * @param freed releases that have pieces and lose them, oldest first
 * @param kept versions whose pieces stay
 * @param chunks all pieces
 */
public record PolicyPruning(List<Freed> freed, SortedSet<Long> kept, ChunkInventory chunks) {
  public PolicyPruning {
    freed = List.copyOf(freed);
    kept = Collections.unmodifiableSortedSet(new TreeSet<>(kept));
  }

  /**
   * A release without a future.
   *
   * @param version policy version
   * @param releaseId its id
   * @param bytes of its pieces
   */
  public record Freed(long version, String releaseId, long bytes) {}

  /** Reads the topics and decides; changes nothing. */
  public static PolicyPruning plan(Brokers brokers, Serdes serdes, ReleaseRetention retention) {
    PolicyHistory history = PolicyHistory.read(brokers, serdes);
    TreeMap<Long, ReleaseManifest> releases = new TreeMap<>();
    history.releases().stream()
        .filter(PolicyHistory.Release::released)
        .forEach(release -> releases.put(release.version(), release.manifest()));
    SortedSet<Long> kept =
        new TreeSet<>(
            retention.keep(releases, history.entries(), history.control().head().activeVersion()));
    ChunkInventory chunks = ChunkInventory.read(brokers);
    return new PolicyPruning(
        releases.entrySet().stream()
            .filter(release -> !kept.contains(release.getKey()))
            .map(release -> freed(release, chunks))
            .filter(release -> release.bytes() > 0)
            .toList(),
        kept,
        chunks);
  }

  private static Freed freed(Map.Entry<Long, ReleaseManifest> release, ChunkInventory chunks) {
    ReleaseManifest manifest = release.getValue();
    return new Freed(release.getKey(), manifest.releaseId(), chunks.bytes(manifest));
  }

  /** Bytes of all pieces that go. */
  public long bytes() {
    return freed.stream().mapToLong(Freed::bytes).sum();
  }

  /** Deletes the pieces; the broker frees the disk when it next compacts. */
  public void execute(Brokers brokers) {
    chunks.delete(brokers, freed.stream().map(Freed::releaseId).collect(Collectors.toSet()));
  }
}

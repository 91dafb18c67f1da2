package io.searchloop.streams.activation;

import io.searchloop.policy.release.ArtifactChunks;
import io.searchloop.policy.release.InvalidReleaseException;
import io.searchloop.policy.release.ReleaseBase;
import io.searchloop.policy.release.ReleaseChain;
import io.searchloop.policy.release.ReleaseManifest;
import io.searchloop.policy.signing.CarriedManifest;
import io.searchloop.policy.signing.TrustedKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From a release record to verified bytes: its signature first, then the newest keyframe at or
 * before it and the deltas since. Keeps the newest artifact it made while a log has deltas, so that
 * a worker which follows along fetches one delta for each release and never a chain.
 *
 * <p>The signature of a base needs no check: its hash stands in the signed manifest of the delta.
 * Owned by the policy feed's thread.
 */
public final class ReleaseReader {
  private final ChunkSource chunks;
  private final TrustedKeys trusted;
  private final InstantSource clock;
  private @Nullable Held held;

  /** An artifact at hand, as the base of the next. */
  private record Held(long version, String sha256, byte[] artifact) {}

  /**
   * Verified bytes.
   *
   * @param artifact the artifact; not a copy
   * @param fetch time spent reading pieces
   * @param verify time spent on signature, deltas and hashes
   */
  record Verified(byte[] artifact, Duration fetch, Duration verify) {}

  /**
   * @param trusted whose releases are served
   * @param clock measures the phases
   */
  public ReleaseReader(ChunkSource chunks, TrustedKeys trusted, InstantSource clock) {
    this.chunks = chunks;
    this.trusted = trusted;
    this.clock = clock;
  }

  /**
   * Reads a release of the log.
   *
   * @throws InvalidReleaseException when it must not be served
   */
  Verified read(long version, ReleaseLog releases) {
    Instant begin = clock.instant();
    CarriedManifest wanted =
        releases
            .carried(version)
            .orElseThrow(
                () -> new InvalidReleaseException("No release at offset %d.".formatted(version)));
    wanted.verify(trusted);
    List<ReleaseManifest> chain = ReleaseChain.of(wanted.manifest(), releases::manifest);
    int from = begin(chain);
    byte[] artifact = from < 0 || held == null ? new byte[0] : held.artifact();
    Duration fetching = Duration.ZERO;
    for (int i = from + 1; i < chain.size(); i++) {
      Instant fetch = clock.instant();
      Map<Integer, byte[]> pieces =
          chunks.fetch(chain.get(i), firstChunk(chain, i, wanted, releases));
      fetching = fetching.plus(Duration.between(fetch, clock.instant()));
      artifact = ArtifactChunks.assemble(chain.get(i), pieces, artifact);
    }
    keep(version, wanted.manifest(), artifact, releases);
    Duration all = Duration.between(begin, clock.instant());
    return new Verified(artifact, fetching, all.minus(fetching));
  }

  /** Index of the artifact at hand in a chain; -1 when the chain begins with its keyframe. */
  private int begin(List<ReleaseManifest> chain) {
    for (int i = chain.size() - 1; i >= 0; i--) {
      if (held != null && held.sha256().equals(chain.get(i).sha256())) {
        return i;
      }
    }
    return -1;
  }

  private static long firstChunk(
      List<ReleaseManifest> chain, int link, CarriedManifest wanted, ReleaseLog releases) {
    if (link == chain.size() - 1) {
      return wanted.firstChunk();
    }
    // A base has no version of its own in its manifest; the delta upon it says which it is.
    return chain
        .get(link + 1)
        .base()
        .map(ReleaseBase::version)
        .flatMap(releases::carried)
        .map(CarriedManifest::firstChunk)
        .orElse(-1L);
  }

  private void keep(long version, ReleaseManifest manifest, byte[] artifact, ReleaseLog releases) {
    if (releases.deltas() && (held == null || version >= held.version())) {
      held = new Held(version, manifest.sha256(), artifact);
    }
  }
}

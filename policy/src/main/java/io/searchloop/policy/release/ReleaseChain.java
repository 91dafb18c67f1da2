package io.searchloop.policy.release;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * What must be read to have one release: the newest keyframe at or before it, then deltas. Whoever
 * has one of the artifacts on the way may begin there.
 */
public final class ReleaseChain {
  private ReleaseChain() {}

  /**
   * A release and its bases, keyframe first.
   *
   * @param releases manifest of a released version; empty when there is none
   * @throws InvalidReleaseException when a base is not there, is another one, or the chain does not
   *     end where its manifests say
   */
  public static List<ReleaseManifest> of(
      ReleaseManifest wanted, LongFunction<Optional<ReleaseManifest>> releases) {
    Deque<ReleaseManifest> chain = new ArrayDeque<>();
    chain.push(wanted);
    for (Optional<ReleaseBase> base = wanted.base();
        base.isPresent();
        base = chain.element().base()) {
      chain.push(follow(chain.element(), base.get(), releases));
    }
    return List.copyOf(chain);
  }

  private static ReleaseManifest follow(
      ReleaseManifest delta,
      ReleaseBase expected,
      LongFunction<Optional<ReleaseManifest>> releases) {
    ReleaseManifest base =
        releases
            .apply(expected.version())
            .orElseThrow(() -> wrong(delta, expected, "no release there"));
    if (!base.sha256().equals(expected.sha256())) {
      throw wrong(delta, expected, "a release with SHA-256 " + base.sha256());
    }
    int depth = base.base().map(ReleaseBase::depth).orElse(0);
    if (depth != expected.depth() - 1) { // depths fall, so a forged chain cannot be a ring
      throw wrong(delta, expected, "a release of depth " + depth);
    }
    return base;
  }

  private static InvalidReleaseException wrong(
      ReleaseManifest delta, ReleaseBase expected, String found) {
    return new InvalidReleaseException(
        ReleaseFault.BASE,
        "Release %s builds upon version %d with SHA-256 %s at depth %d, found %s. Activate a keyframe, or wait for the log to be whole."
            .formatted(
                delta.releaseId(),
                expected.version(),
                expected.sha256(),
                expected.depth() - 1,
                found));
  }
}
